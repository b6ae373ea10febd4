namespace JikoXpress.Domain.Webhooks;

/// <summary>What one try to deliver an event came to.</summary>
/// <param name="Status">The status of the answer; null when there was none.</param>
/// <param name="Error">Why it is no success, in a word; null when it is one.</param>
/// <param name="RetryAfter">How long the receiver asks to be left alone; null when it does not say.</param>
public sealed record DeliveryTry(int? Status, string? Error, TimeSpan? RetryAfter = null)
{
    /// <summary>The receiver wants no more events.</summary>
    public bool EndsSubscription => Status is 410;
}

/// <summary>What follows from a try.</summary>
public abstract record DeliveryVerdict
{
    private DeliveryVerdict() { }

    public sealed record Delivered : DeliveryVerdict;

    public sealed record TryAgain(DateTimeOffset At) : DeliveryVerdict;

    /// <summary>It was the last try. The event can be replayed, and is in the feed.</summary>
    public sealed record GivenUp : DeliveryVerdict;
}

/// <summary>How often, and for how long, an event is sent to a receiver that does not take it.</summary>
public static class DeliveryRules
{
    /// <summary>
    /// The pauses after the first try, the second, and so on: those that the Standard Webhooks specification proposes.
    /// The last of the ten tries is made some three days after the first.
    /// </summary>
    private static readonly Sequence<TimeSpan> Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20),
        TimeSpan.FromHours(24),
    ];

    public static int MostTries { get; } = Pauses.Count + 1;

    /// <summary>A receiver that asks for more than this is tried again after this.</summary>
    public static TimeSpan LongestRetryAfter { get; } = TimeSpan.FromHours(24);

    /// <summary>
    /// A subscription whose receiver has taken nothing for so long is disabled: longer than one event is tried, so
    /// that a weekend without the receiver is not enough.
    /// </summary>
    public static TimeSpan LongestFailure { get; } = TimeSpan.FromDays(5);

    /// <param name="delivery">Its id, from which the spread comes: events of one moment are not all tried at one again.
    /// </param>
    /// <param name="tries">How many there were, this one included, from 1.</param>
    /// <param name="isCallback">It goes to an address that a session names: there is nothing to disable.</param>
    public static DeliveryVerdict Judge(
        Guid delivery, int tries, DeliveryTry result, DateTimeOffset now, bool isCallback = false)
    {
        if (result.Error is null) return new DeliveryVerdict.Delivered();
        if (tries >= MostTries || (isCallback && result.EndsSubscription)) return new DeliveryVerdict.GivenUp();
        var pause = Pauses[tries - 1] * (1 + Spread(delivery, tries));
        var asked = result.RetryAfter is { } wish && wish < LongestRetryAfter ? wish : LongestRetryAfter;
        return new DeliveryVerdict.TryAgain(now + (result.RetryAfter is null || asked < pause ? pause : asked));
    }

    public static bool IsFailingForTooLong(DateTimeOffset since, DateTimeOffset now) => now - since >= LongestFailure;

    /// <summary>Up to a fifth more, another one for each delivery and try.</summary>
    private static double Spread(Guid delivery, int tries)
    {
        Span<byte> bytes = stackalloc byte[16];
        delivery.TryWriteBytes(bytes, bigEndian: true, out _);
        return ((bytes[14] * 256) + bytes[15] + (tries * 7_919)) % 1_000 / 5_000.0;
    }
}
