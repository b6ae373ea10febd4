using System.Reflection;

namespace JikoXpress.Testing.Silo;

/// <summary>What a caller has of a grain: each call goes to wherever it is activated.</summary>
public class GrainProxy : DispatchProxy
{
    private SimulatedSilo? silo;
    private GrainKey grain;

    internal static TGrain For<TGrain>(SimulatedSilo silo, Guid key)
    {
        var proxy = Create<TGrain, GrainProxy>();
        if (proxy is GrainProxy made)
            (made.silo, made.grain) = (silo, new GrainKey(GrainClass.Behind(typeof(TGrain)), key));
        return proxy;
    }

    public override string ToString() => grain.ToString();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod is not null && silo is not null
            ? GrainMethod.Of(targetMethod).Call(silo, grain, args ?? [])
            : throw new NotSupportedException();
}
