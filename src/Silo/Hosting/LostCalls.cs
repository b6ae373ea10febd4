using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Silo.Hosting;

/// <summary>
/// A call whose answer is lost on the way may have been carried out, which is what a store says whose answer is lost:
/// the same command again tells. Where nothing could have been committed, the cluster is only busy.
/// </summary>
internal sealed class LostCalls : IOutgoingGrainCallFilter
{
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception lost) when (lost is TimeoutException or OrleansException && IsOurs(context))
        {
            throw Commits(context)
                ? new CommitUnknownException("The cluster did not say what became of the command.", lost)
                : new StoreBusyException("The cluster does not answer.", lost);
        }
    }

    private static bool IsOurs(IOutgoingGrainCallContext context) =>
        context.InterfaceMethod.DeclaringType?.Assembly == typeof(ICheckoutSession).Assembly;

    /// <summary>What commits answers with a reply.</summary>
    private static bool Commits(IOutgoingGrainCallContext context) =>
        context.InterfaceMethod.ReturnType is { IsGenericType: true } task
        && task.GetGenericArguments()[0] is { IsGenericType: true } answer
        && answer.GetGenericTypeDefinition() == typeof(Reply<>);
}
