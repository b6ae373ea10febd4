namespace JikoXpress.Postgres.Retention;

/// <summary>
/// How long what nobody needs any more is kept. What the books need (sessions, orders, ledger, bills, shifts, stock,
/// receipts, audit trail) has no period: it is never pruned.
/// </summary>
public sealed record RetentionSettings
{
    /// <summary>Events for screens: how far back a stream may go on from its Last-Event-ID.</summary>
    public TimeSpan Events { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Answers to requests with an Idempotency-Key: how long a key is remembered.</summary>
    public TimeSpan Answers { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Webhooks that have been dealt with, as they came; they hold phones.</summary>
    public TimeSpan Webhooks { get; init; } = TimeSpan.FromDays(180);

    /// <summary>Tokens that have expired or were revoked, and codes that were used or have expired.</summary>
    public TimeSpan Tokens { get; init; } = TimeSpan.FromDays(7);

    /// <summary>What was sent to merchants' webhooks, once it is over, and what they answered.</summary>
    public TimeSpan Deliveries { get; init; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Guests' phones in sessions and payments that are over. Those of customers and app accounts stay: they are how
    /// these are found.
    /// </summary>
    public TimeSpan Phones { get; init; } = TimeSpan.FromDays(180);
}

/// <summary>How much one statement does, and the pause after it.</summary>
/// <param name="Blocks">Blocks of 8 KiB of a table that is walked from its first block to its last.</param>
/// <param name="Rows">Rows of a table that is walked kitchen by kitchen.</param>
internal sealed record Pace(int Blocks, int Rows, TimeSpan Pause)
{
    public static readonly Pace Usual = new(Blocks: 16, Rows: 200, TimeSpan.FromMilliseconds(50));
}
