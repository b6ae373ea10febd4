using System.Runtime.CompilerServices;

namespace JikoXpress.Testing;

/// <summary>Waits for what a test cannot be told of. All waits end: one that does not would take the run with it.</summary>
public static class Wait
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <exception cref="TimeoutException">It does not hold after a minute of the machine's time.</exception>
    public static Task Until(Func<bool> holds, [CallerArgumentExpression(nameof(holds))] string what = "") =>
        Until(() => Task.FromResult(holds()), what);

    /// <inheritdoc cref="Until(Func{bool}, string)"/>
    public static async Task Until(
        Func<Task<bool>> holds, [CallerArgumentExpression(nameof(holds))] string what = "")
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Longest)
                throw new TimeoutException($"Never came true: {what}");
            await Task.Delay(Pause);
        }
    }
}
