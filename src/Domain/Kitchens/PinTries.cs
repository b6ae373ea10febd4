namespace JikoXpress.Domain.Kitchens;

/// <summary>
/// How often a PIN may be tried: five wrong ones lock the number, and each five more lock it for longer.
/// </summary>
public static class PinTries
{
    /// <summary>So many wrong tries in a row lock.</summary>
    public const int BeforeLock = 5;

    private static readonly TimeSpan[] Locks =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];

    /// <summary>How long the number is locked after so many wrong tries in a row; zero where it is not.</summary>
    public static TimeSpan LockAfter(int wrongTries) => wrongTries == 0 || wrongTries % BeforeLock != 0
        ? TimeSpan.Zero
        : Locks[Math.Min(wrongTries / BeforeLock, Locks.Length) - 1];
}
