using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;
using Npgsql;

namespace JikoXpress.Testing.Memory;

/// <summary>What <c>jiko.phone_rings</c> holds against the pushes of a batch.</summary>
internal static class Phones
{
    private const int PerAsker = 5, PerPhone = 10, PerGuest = 15;

    private static readonly TimeSpan Recently = TimeSpan.FromHours(1);

    /// <exception cref="PostgresException">A phone is busy, or a limit is reached.</exception>
    public static void Check(MemoryDatabase database, IReadOnlyList<Effect> effects)
    {
        var begun = effects.OfType<Effect.StartAttempt>().SelectMany(Begun).ToList();
        if (begun.Count == 0) return;
        List<Prompt> prompts = [.. Known(database, effects), .. begun];
        if (begun.Max(prompt => BusyUntil(prompt, prompts)) is { } busy)
            throw Refused("payment_attempt_one_prompt", busy);
        if (begun.Max(prompt => CountedAt(prompt, prompts)) is { } counted)
            throw Refused("payment_attempt_prompt_limit", counted + Recently);
    }

    private static IEnumerable<Prompt> Begun(Effect.StartAttempt start) =>
        AttemptWork.Of(start) is { RingsUntil: { } until, PhoneNumber: { } phone } work
            ?
            [
                new Prompt(
                    work.Reference, work.Adapter, phone, AttemptStatus.Sent, work.StartedAt, until, start.AskedBy),
            ]
            : [];

    private static IEnumerable<Prompt> Known(MemoryDatabase database, IReadOnlyList<Effect> effects)
    {
        var closed = effects.OfType<Effect.CloseAttempt>()
            .GroupBy(close => close.Reference)
            .ToDictionary(closes => closes.Key, closes => closes.Last().Status);
        return database.AttemptRows.Values
            .Where(row => row is { RingsUntil: not null, Work.PhoneNumber: not null })
            .Select(row => new Prompt(
                row.Work.Reference, row.Work.Adapter, row.Work.PhoneNumber!,
                closed.GetValueOrDefault(row.Work.Reference, row.State), row.Work.StartedAt, row.RingsUntil!.Value,
                row.AskedBy));
    }

    private static DateTimeOffset? BusyUntil(Prompt asked, IEnumerable<Prompt> prompts) => prompts
        .Where(prompt => prompt.IsAt(asked) && prompt.State is AttemptStatus.Sent && prompt.Until > asked.At)
        .Max(prompt => (DateTimeOffset?)prompt.Until);

    private static DateTimeOffset? CountedAt(Prompt asked, IReadOnlyList<Prompt> prompts)
    {
        var by = asked.By;
        var here = prompts.Where(prompt => prompt.IsAt(asked)).ToList();
        DateTimeOffset?[] reached =
        [
            Oldest(here.Where(prompt => by is not null && prompt.By?.Id == by.Id), PerAsker, asked.At),
            Oldest(here, PerPhone, asked.At),
            Oldest(
                prompts.Where(prompt => by is { IsGuest: true } && prompt.By == by
                    && prompt.Reference != asked.Reference),
                PerGuest, asked.At),
        ];
        return reached.Max();
    }

    /// <summary>When the oldest of the newest that reach the limit began; null while they do not reach it.</summary>
    private static DateTimeOffset? Oldest(IEnumerable<Prompt> prompts, int limit, DateTimeOffset now) => prompts
        .Where(prompt => prompt.State is not AttemptStatus.Succeeded && prompt.At > now - Recently)
        .Select(prompt => (DateTimeOffset?)prompt.At)
        .OrderDescending()
        .ElementAtOrDefault(limit - 1);

    private static PostgresException Refused(string constraint, DateTimeOffset until) => Constraints.Broken(
        "payment_attempt", constraint, PostgresErrorCodes.UniqueViolation, $"{until.ToUnixTimeMilliseconds()}");

    private sealed record Prompt(
        string Reference, string Adapter, string Phone, AttemptStatus State, DateTimeOffset At, DateTimeOffset Until,
        Asker? By)
    {
        /// <summary>Whether it is another one, to the same phone at the same aggregator.</summary>
        public bool IsAt(Prompt other) =>
            Adapter == other.Adapter && Phone == other.Phone && Reference != other.Reference;
    }
}
