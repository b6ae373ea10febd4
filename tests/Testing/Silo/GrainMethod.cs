using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Concurrency;

namespace JikoXpress.Testing.Silo;

/// <summary>A method of a grain's interface with what its attributes say, read once.</summary>
internal abstract class GrainMethod
{
    /// <summary>As the product's silos have it.</summary>
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(10);

    private static readonly ConcurrentDictionary<MethodInfo, GrainMethod> Known = [];

    private readonly MethodInvoker invoker;
    private readonly int token;

    protected GrainMethod(MethodInfo method)
    {
        invoker = MethodInvoker.Create(method);
        Name = method.Name;
        IsAlwaysInterleaved = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        IsOneWay = method.IsDefined(typeof(OneWayAttribute));
        Timeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout ?? UsualTimeout;
        token = Array.FindIndex(
            method.GetParameters(), parameter => parameter.ParameterType == typeof(CancellationToken));
    }

    public string Name { get; }

    public bool IsAlwaysInterleaved { get; }

    /// <summary>The caller goes on at once, and hears neither of an end nor of a failure.</summary>
    public bool IsOneWay { get; }

    /// <summary>How long a caller waits for the answer.</summary>
    public TimeSpan Timeout { get; }

    public static GrainMethod Of(MethodInfo method) => Known.GetOrAdd(method, static asked => New(asked));

    /// <summary>Sends a call, and gives the caller what he awaits.</summary>
    public abstract object Call(SimulatedSilo from, GrainKey to, object?[] arguments);

    public CancellationToken TokenOf(object?[] arguments) =>
        token >= 0 && arguments[token] is CancellationToken given ? given : CancellationToken.None;

    protected object? Invoke(object grain, object?[] arguments)
    {
        try
        {
            return invoker.Invoke(grain, arguments.AsSpan());
        }
        catch (TargetInvocationException wrapped) when (wrapped.InnerException is { } failure)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
            throw;
        }
    }

    private static GrainMethod New(MethodInfo method)
    {
        var answer = method.ReturnType;
        var made = answer.IsGenericType
            ? Activator.CreateInstance(
                (answer.GetGenericTypeDefinition() == typeof(Task<>) ? typeof(Asked<>) : typeof(AskedByValue<>))
                    .MakeGenericType(answer.GenericTypeArguments),
                method)
            : answer == typeof(Task) ? new Told(method) : new ToldByValue(method);
        return made as GrainMethod ?? throw new InvalidOperationException($"{method} is no method of a grain.");
    }

    private sealed class Asked<T>(MethodInfo method) : GrainMethod(method)
    {
        public override object Call(SimulatedSilo from, GrainKey to, object?[] arguments) => from.Ask(
            new GrainCall<T>(from, to, this, arguments, grain => (Task<T>)Invoke(grain, arguments)!));
    }

    private sealed class AskedByValue<T>(MethodInfo method) : GrainMethod(method)
    {
        public override object Call(SimulatedSilo from, GrainKey to, object?[] arguments) => new ValueTask<T>(from.Ask(
            new GrainCall<T>(from, to, this, arguments, grain => ((ValueTask<T>)Invoke(grain, arguments)!).AsTask())));
    }

    private sealed class Told(MethodInfo method) : GrainMethod(method)
    {
        public override object Call(SimulatedSilo from, GrainKey to, object?[] arguments) => from.Ask(
            new GrainCall<bool>(from, to, this, arguments, async grain =>
            {
                await (Task)Invoke(grain, arguments)!;
                return true;
            }));
    }

    private sealed class ToldByValue(MethodInfo method) : GrainMethod(method)
    {
        public override object Call(SimulatedSilo from, GrainKey to, object?[] arguments)
        {
            var answer = from.Ask(new GrainCall<bool>(from, to, this, arguments, async grain =>
            {
                await (ValueTask)Invoke(grain, arguments)!;
                return true;
            }));
            return IsOneWay ? ValueTask.CompletedTask : new ValueTask(answer);
        }
    }
}
