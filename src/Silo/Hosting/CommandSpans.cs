using System.Diagnostics;
using JikoXpress.Domain;
using JikoXpress.Grains;
using JikoXpress.Grains.Abstractions;

namespace JikoXpress.Silo.Hosting;

/// <summary>
/// Makes a span for each command of a grain, with a name such as CheckoutSession.Open. Registered only where telemetry
/// is exported.
/// </summary>
internal sealed class CommandSpans : IIncomingGrainCallFilter
{
    private static readonly ActivitySource Source = new(CheckoutMetrics.Name);

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        using var span = Begin(context);
        await context.Invoke();
        if (span is not null && context is { Result: var reply } && RefusalsOf(reply) is [var first, ..])
            span.SetTag("jiko.refusal.code", first.Code);
    }

    /// <summary>Methods that return a <c>Reply</c> are commands; reads and Orleans' own calls get no span.</summary>
    private static Activity? Begin(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType is not { } grain
            || grain.Assembly != typeof(ICheckoutSessionGrain).Assembly
            || context.InterfaceMethod.ReturnType is not { IsGenericType: true } task
            || task.GetGenericArguments() is not [{ IsGenericType: true } answer]
            || answer.GetGenericTypeDefinition() != typeof(Reply<>))
            return null;
        var name = grain.Name[1..^"Grain".Length];
        return Source.StartActivity($"{name}.{context.InterfaceMethod.Name}", ActivityKind.Server)?
            .SetTag("jiko.grain.id", context.TargetId.GetGuidKey());
    }

    private static Sequence<Refusal>? RefusalsOf(object? reply) => reply switch
    {
        Reply<Domain.Sessions.Session>.Refused(var refusals) => refusals,
        Reply<Domain.Bills.Bill>.Refused(var refusals) => refusals,
        Reply<Domain.Carts.Cart>.Refused(var refusals) => refusals,
        Reply<Domain.Carts.CheckoutGroup>.Refused(var refusals) => refusals,
        _ => null,
    };
}
