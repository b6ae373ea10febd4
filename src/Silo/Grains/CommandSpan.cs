using System.Diagnostics;

namespace JikoXpress.Silo.Grains;

/// <summary>
/// The span of a command goes with it to its grain, also where nobody listens to Orleans' own, so that the commit there
/// can name it.
/// </summary>
internal static class CommandSpan
{
    /// <summary>As in W3C Trace Context, and as Orleans calls it.</summary>
    private const string Parent = "traceparent";

    /// <summary>The command's, or what Orleans made of it on the way.</summary>
    public static ActivityContext Current => Activity.Current?.Context
        ?? (ActivityContext.TryParse(RequestContext.Get(Parent) as string, null, out var sent) ? sent : default);

    public static void Send(Activity? span)
    {
        if (span is not null) RequestContext.Set(Parent, span.Id ?? "");
    }
}
