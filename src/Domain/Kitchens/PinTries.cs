namespace JikoXpress.Domain.Kitchens;

/// <summary>
/// Limits PIN tries: five wrong tries in a row lock the staff number, and each five more lock it for longer, up to 15
/// minutes.
/// </summary>
public static class PinTries
{
    /// <summary>The number of wrong tries in a row that locks the staff number.</summary>
    public const int BeforeLock = 5;

    private static readonly TimeSpan[] Locks =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];

    /// <summary>How long the staff number is locked after this many wrong tries in a row; zero if it is not.</summary>
    public static TimeSpan LockAfter(int wrongTries) => wrongTries == 0 || wrongTries % BeforeLock != 0
        ? TimeSpan.Zero
        : Locks[Math.Min(wrongTries / BeforeLock, Locks.Length) - 1];
}
