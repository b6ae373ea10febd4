namespace JikoXpress.Grains;

/// <summary>
/// A caller waits ten seconds for a grain, then asks again with the same key, perhaps another silo, and believes that
/// answer. So a command that has come no further by then, because its process hung, must not be carried out any more:
/// the second answer may have been a no.
/// </summary>
internal static class GivenUp
{
    /// <summary>As long as a silo waits for an answer.</summary>
    private static readonly TimeSpan After = TimeSpan.FromSeconds(10);

    /// <param name="begun">When the grain began with the command.</param>
    /// <exception cref="TimeoutException">Nobody waits for the command's answer any more.</exception>
    public static void Check(DateTimeOffset begun, DateTimeOffset now)
    {
        if (now - begun >= After)
            throw new TimeoutException("The command took so long that its caller has given it up.");
    }
}
