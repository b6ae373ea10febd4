using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;
using Npgsql;

namespace JikoXpress.Testing.Memory;

/// <summary>What <c>jiko.phone_rings</c> holds against a push, for the pushes of one batch in their order.</summary>
internal sealed class Phones(MemoryDatabase database, IReadOnlyList<Effect> effects)
{
    private const int PerAsker = 5, PerPhone = 10, PerGuest = 15;

    private static readonly TimeSpan Recently = TimeSpan.FromHours(1);

    private readonly List<Prompt> begun = [];

    /// <exception cref="PostgresException">The phone is busy, or a limit is reached.</exception>
    public void Ring(Effect.StartAttempt start)
    {
        if (AttemptWork.Of(start) is not { RingsUntil: { } until, PhoneNumber: { } phone } work) return;
        var now = work.StartedAt;
        var prompts = Known().ToList();
        var here = prompts.Where(prompt => prompt.Adapter == work.Adapter && prompt.Phone == phone).ToList();
        var open = here.Where(prompt => prompt.State is AttemptStatus.Sent && prompt.Until > now).ToList();
        if (open.Count > 0) throw Refused("payment_attempt_one_prompt", open.Max(prompt => prompt.Until));

        var by = start.AskedBy;
        DateTimeOffset?[] reached =
        [
            Oldest(here.Where(prompt => by is not null && prompt.By?.Id == by.Id), PerAsker, now),
            Oldest(here, PerPhone, now),
            Oldest(prompts.Where(prompt => by is { IsGuest: true } && prompt.By == by), PerGuest, now),
        ];
        if (reached.Max() is { } counted) throw Refused("payment_attempt_prompt_limit", counted + Recently);
        begun.Add(new Prompt(work.Adapter, phone, AttemptStatus.Sent, now, until, by));
    }

    private IEnumerable<Prompt> Known()
    {
        var closed = effects.OfType<Effect.CloseAttempt>()
            .GroupBy(close => close.Reference)
            .ToDictionary(closes => closes.Key, closes => closes.Last().Status);
        return
        [
            .. database.AttemptRows.Values
                .Where(row => row is { RingsUntil: not null, Work.PhoneNumber: not null })
                .Select(row => new Prompt(
                    row.Work.Adapter, row.Work.PhoneNumber!, closed.GetValueOrDefault(row.Work.Reference, row.State),
                    row.Work.StartedAt, row.RingsUntil!.Value, row.AskedBy)),
            .. begun,
        ];
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
        string Adapter, string Phone, AttemptStatus State, DateTimeOffset At, DateTimeOffset Until, Asker? By);
}
