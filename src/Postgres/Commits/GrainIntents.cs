using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Postgres.Commits;

// One class for each group of jiko.commit's columns, in the order of its parameters. "Item" is the position of the
// commit in the batch, from 1.

/// <summary>Sessions that commit for the first time.</summary>
internal sealed class OpenedSessions(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> ids = columns.Next<Guid>();
    private readonly Column<string> states = columns.Next<string>();
    private readonly Column<Guid> kitchens = columns.Next<Guid>();
    private readonly Column<string> statuses = columns.Next<string>();
    private readonly Column<string> channels = columns.Next<string>();
    private readonly Column<string> types = columns.Next<string>();
    private readonly Column<string?> tables = columns.Next<string?>();
    private readonly Column<string?> references = columns.Next<string?>();
    private readonly Column<DateTimeOffset> times = columns.Next<DateTimeOffset>();
    private readonly Column<DateOnly> dates = columns.Next<DateOnly>();
    private readonly Column<int> numbers = columns.Next<int>();
    private readonly Column<string?> slipCodes = columns.Next<string?>();
    private readonly Column<long> totals = columns.Next<long>();
    private readonly Column<bool> liveModes = columns.Next<bool>();
    private readonly Column<Guid> openers = columns.Next<Guid>();
    private readonly Column<DateTimeOffset?> deadlines = columns.Next<DateTimeOffset?>();

    public void Add(int item, Session.Opened session) => Add(
        item, session.Id, StateJson.Write<Session>(session), session.Opening.KitchenId, SessionRows.Of(session));

    public void Add(int item, Guid id, string state, Guid kitchenId, SessionRow row)
    {
        items.Add(item);
        ids.Add(id);
        states.Add(state);
        kitchens.Add(kitchenId);
        statuses.Add(row.Status.WireName);
        channels.Add(row.Channel.WireName);
        types.Add(row.SessionType.WireName);
        tables.Add(row.TableNumber);
        references.Add(row.ClientReference);
        times.Add(row.OpenedAt.ToUniversalTime());
        dates.Add(row.BusinessDate);
        numbers.Add(row.Number);
        slipCodes.Add(row.SlipCode);
        totals.Add(row.Total.Shillings);
        liveModes.Add(row.LiveMode);
        openers.Add(row.OpenedBy);
        deadlines.Add(row.Deadline?.ToUniversalTime());
    }
}

/// <summary>Sessions that committed before.</summary>
internal sealed class ContinuedSessions(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> ids = columns.Next<Guid>();
    private readonly Column<long> versions = columns.Next<long>();
    private readonly Column<string> states = columns.Next<string>();
    private readonly Column<string> statuses = columns.Next<string>();
    private readonly Column<DateTimeOffset?> deadlines = columns.Next<DateTimeOffset?>();

    public void Add(int item, Effect.KeepSession keep) => Add(
        item, keep.Session.Id, keep.ExpectedVersion, StateJson.Write<Session>(keep.Session),
        SessionRows.Of(keep.Session));

    public void Add(int item, Guid id, long version, string state, SessionRow row)
    {
        items.Add(item);
        ids.Add(id);
        versions.Add(version);
        states.Add(state);
        statuses.Add(row.Status.WireName);
        deadlines.Add(row.Deadline?.ToUniversalTime());
    }
}

internal sealed class Inventories(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> ids = columns.Next<Guid>();
    private readonly Column<long> versions = columns.Next<long>();
    private readonly Column<string> states = columns.Next<string>();

    public void Add(int item, GrainCommit commit)
    {
        items.Add(item);
        ids.Add(commit.Key);
        versions.Add(commit.ExpectedVersion);
        states.Add(commit.State);
    }
}

internal sealed class Operations(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> ids = columns.Next<Guid>();
    private readonly Column<Guid> fingerprints = columns.Next<Guid>();
    private readonly Column<string> kinds = columns.Next<string>();
    private readonly Column<Guid> keys = columns.Next<Guid>();
    private readonly Column<long> versions = columns.Next<long>();
    private readonly Column<string> states = columns.Next<string>();
    private readonly Column<DateTimeOffset> times = columns.Next<DateTimeOffset>();

    public void Add(int item, GrainCommit commit, Operation operation)
    {
        items.Add(item);
        ids.Add(operation.Id);
        fingerprints.Add(operation.Fingerprint);
        kinds.Add(commit.Kind.WireName);
        keys.Add(commit.Key);
        versions.Add(commit.ExpectedVersion + 1);
        states.Add(commit.Answer ?? commit.State);
        times.Add(commit.At.ToUniversalTime());
    }
}

/// <summary>
/// Sessions of payment links that are opened or over; as with payment attempts, the statement writes them beside
/// jiko.commit.
/// </summary>
internal sealed class LinkSessions(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> sessions = columns.Next<Guid>();
    private readonly Column<Guid> links = columns.Next<Guid>();
    private readonly Column<string> states = columns.Next<string>();

    public void Add(int item, Effect.CountLinkSession count)
    {
        items.Add(item);
        sessions.Add(count.SessionId);
        links.Add(count.LinkId);
        states.Add(count.State.WireName);
    }
}

/// <summary>Subscriptions that begin, each with its first session.</summary>
internal sealed class BegunSubscriptions(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> ids = columns.Next<Guid>();
    private readonly Column<Guid> merchants = columns.Next<Guid>();
    private readonly Column<Guid> kitchens = columns.Next<Guid>();
    private readonly Column<bool> liveModes = columns.Next<bool>();
    private readonly Column<string> statuses = columns.Next<string>();
    private readonly Column<string> states = columns.Next<string>();
    private readonly Column<DateTimeOffset> times = columns.Next<DateTimeOffset>();
    private readonly Column<string?> phones = columns.Next<string?>();
    private readonly Column<DateTimeOffset?> dues = columns.Next<DateTimeOffset?>();

    public void Add(int item, Subscription subscription)
    {
        items.Add(item);
        ids.Add(subscription.Id);
        merchants.Add(subscription.MerchantId);
        kitchens.Add(subscription.StoreId);
        liveModes.Add(subscription.LiveMode);
        statuses.Add(subscription.Status.WireName);
        states.Add(StateJson.Write(subscription));
        times.Add(subscription.CreatedAt.ToUniversalTime());
        phones.Add(subscription.Phone);
        dues.Add(subscription.TrialEndsAt?.ToUniversalTime());
    }
}

/// <summary>Subscriptions of which a session is paid or over.</summary>
internal sealed class WokenSubscriptions(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> ids = columns.Next<Guid>();
    private readonly Column<DateTimeOffset> times = columns.Next<DateTimeOffset>();

    public void Add(int item, GrainCommit commit, Guid subscription)
    {
        items.Add(item);
        ids.Add(subscription);
        times.Add(commit.At.ToUniversalTime());
    }
}
