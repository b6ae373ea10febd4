using System.Reflection;

namespace JikoXpress.Simulation.PlantedBugs;

/// <summary>Stands before something, and does some of its calls otherwise.</summary>
public class PassedOn : DispatchProxy
{
    private object? behind;
    private Func<MethodInfo, object?[], object?>? otherwise;

    /// <param name="otherwise">
    /// The answer to a call; null for one that is passed on, with what was made of its arguments.
    /// </param>
    internal static T To<T>(T behind, Func<MethodInfo, object?[], object?> otherwise) where T : class
    {
        var passed = Create<T, PassedOn>();
        if (passed is PassedOn made) (made.behind, made.otherwise) = (behind, otherwise);
        return passed;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod is null || otherwise is null
            ? throw new NotSupportedException()
            : otherwise(targetMethod, args ?? [])
                ?? targetMethod.Invoke(behind, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
}
