using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Load;

/// <summary>
/// The sessions of each payment link that visitors of one address have opened, and not paid yet: a limited number. Each
/// holds a place of a link that has few, and may ask phones, so a script could otherwise take all places, and ring as
/// many phones as it likes. Who has paid counts no more, so that many customers may share an address.
/// </summary>
internal sealed class LinkVisits(LoadOptions options, IGrainFactory grains, TimeProvider clock)
{
    /// <summary>How often the sessions of one address are read, however often it asks.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    /// <summary>How often visits are forgotten whose time is over.</summary>
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(1);

    /// <summary>For Retry-After: others may pay before their time is over.</summary>
    private static readonly TimeSpan LongestPatience = TimeSpan.FromMinutes(1);

    private readonly Lock changing = new();
    private readonly Dictionary<Visitor, Visits> visitors = [];
    private DateTimeOffset sweptAt = DateTimeOffset.MinValue;

    /// <summary>
    /// 429 if this address has too many unpaid sessions of the link. Otherwise the session is counted until it is paid
    /// or over; one that is counted already may be asked for again.
    /// </summary>
    public async ValueTask<Problem?> TooMany(HttpContext http, PaymentLink link, Guid session)
    {
        var visitor = new Visitor(link.Id, Sender.OfAddress(http));
        var ends = clock.GetUtcNow()
            + TimeSpan.FromSeconds(link.Terms.SessionSeconds ?? LinkRules.UsualLife.TotalSeconds);
        if (Enter(visitor, session, ends) is not { } full) return null;
        if (full.ToRead.Count > 0)
        {
            foreach (var settled in (await Task.WhenAll(full.ToRead.Select(Settled))).OfType<Guid>())
                Leave(visitor, settled);
            if (Enter(visitor, session, ends) is null) return null;
        }

        return new Problem(
            StatusCodes.Status429TooManyRequests, "rate-limited",
            "This address has too many sessions of this payment link that are not paid.")
        {
            RetryAfter = full.RetryAfter,
        };
    }

    /// <summary>
    /// The session's opening was refused. One that an earlier request has opened under the same Idempotency-Key counts
    /// as before.
    /// </summary>
    public async Task Refused(HttpContext http, PaymentLink link, Guid session)
    {
        if ((await grains.Session(session).Read()).State is not Session.Pending)
            Leave(new Visitor(link.Id, Sender.OfAddress(http)), session);
    }

    /// <summary>The session, if nobody will pay it any more. One that is being opened counts.</summary>
    private async Task<Guid?> Settled(Guid session) =>
        (await grains.Session(session).Read()).State is Session.Confirmed or Session.Ended ? session : null;

    /// <summary>Null if there was a place; otherwise what to look at, and when to come again.</summary>
    private Full? Enter(Visitor visitor, Guid session, DateTimeOffset ends)
    {
        var now = clock.GetUtcNow();
        lock (changing)
        {
            if (now >= sweptAt + BetweenSweeps) Sweep(now);
            if (!visitors.TryGetValue(visitor, out var visits)) visitors.Add(visitor, visits = new Visits());
            visits.RemoveOver(now);
            if (visits.Sessions.ContainsKey(session)) return null;
            if (visits.Sessions.Count < options.LinkVisits)
            {
                visits.Sessions.Add(session, ends);
                return null;
            }

            var wait = visits.Sessions.Values.Min() - now;
            var patience = (int)Math.Ceiling((wait < LongestPatience ? wait : LongestPatience).TotalSeconds);
            if (now < visits.ReadAt + BetweenLooks) return new Full([], patience);
            visits.ReadAt = now;
            return new Full([.. visits.Sessions.Keys], patience);
        }
    }

    private void Leave(Visitor visitor, Guid session)
    {
        lock (changing)
        {
            if (visitors.TryGetValue(visitor, out var visits)) visits.Sessions.Remove(session);
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        sweptAt = now;
        foreach (var (visitor, visits) in visitors)
        {
            visits.RemoveOver(now);
            if (visits.Sessions.Count is 0) visitors.Remove(visitor);
        }
    }

    private readonly record struct Visitor(Guid Link, Sender Address);

    private sealed record Full(IReadOnlyList<Guid> ToRead, int RetryAfter);

    private sealed class Visits
    {
        /// <summary>The unpaid sessions, with the moment from which on each can no longer be paid.</summary>
        public Dictionary<Guid, DateTimeOffset> Sessions { get; } = [];

        public DateTimeOffset ReadAt { get; set; } = DateTimeOffset.MinValue;

        public void RemoveOver(DateTimeOffset now)
        {
            foreach (var (session, ends) in Sessions)
            {
                if (ends <= now) Sessions.Remove(session);
            }
        }
    }
}
