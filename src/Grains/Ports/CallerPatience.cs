namespace JikoXpress.Grains.Ports;

/// <summary>
/// A caller waits this long for a silo's answer. Then it asks again with the same key, perhaps another silo, and
/// believes that answer. If the first process hung and goes on later, it must not carry out the command any more: the
/// second answer may have been a no. See docs/decisions/0021.
/// </summary>
public static class CallerPatience
{
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(10);

    /// <param name="begun">When the grain began with the command.</param>
    /// <exception cref="TimeoutException">No caller waits for the command's answer any more.</exception>
    internal static void Check(DateTimeOffset begun, DateTimeOffset now)
    {
        if (now - begun >= Longest)
            throw new TimeoutException("The command was not started: its caller stopped waiting.");
    }
}
