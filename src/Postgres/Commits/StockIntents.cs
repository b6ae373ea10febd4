using System.Diagnostics;
using JikoXpress.Domain;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Postgres.Commits;

/// <summary>
/// A session's items are in its own row. They are taken when a commit opens it, and change when one continues it.
/// </summary>
internal static class ItemsOfSessions
{
    public static Guid Opened(GrainCommit commit, Guid session) =>
        IsKept(commit, session, version => version == 0) ? session : throw new UnreachableException(
            $"Items are taken for session {session}, which this commit does not open.");

    public static Guid Continued(GrainCommit commit, Guid session) =>
        IsKept(commit, session, version => version > 0) ? session : throw new UnreachableException(
            $"Items of session {session} change, which this commit does not continue.");

    private static bool IsKept(GrainCommit commit, Guid session, Func<long, bool> version) =>
        (commit is { Kind: GrainKind.Session, Key: var key } && key == session && version(commit.ExpectedVersion))
        || commit.Effects.Any(effect => effect is Effect.KeepSession keep
            && keep.Session.Id == session && version(keep.ExpectedVersion));
}

/// <summary>Items to reserve, to sell at once, or to take back.</summary>
internal sealed class StockLines(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> sessions = columns.Next<Guid>();
    private readonly Column<Guid> kitchens = columns.Next<Guid>();
    private readonly Column<Guid> menuIds = columns.Next<Guid>();
    private readonly Column<int> reserved = columns.Next<int>();
    private readonly Column<int> sold = columns.Next<int>();
    private readonly Column<DateTimeOffset?> expires = columns.Next<DateTimeOffset?>();

    public void Add(int item, GrainCommit commit, Effect.ReserveStock reserve)
    {
        var session = ItemsOfSessions.Opened(commit, reserve.SessionId);
        foreach (var line in reserve.Lines)
            Add(item, session, reserve.KitchenId, line.MenuId, line.Quantity, 0, reserve.ExpiresAt);
    }

    public void Add(int item, GrainCommit commit, Effect.SellStock sell)
    {
        var session = ItemsOfSessions.Opened(commit, sell.SessionId);
        foreach (var line in sell.Lines)
            Add(item, session, sell.KitchenId, line.MenuId, 0, line.Quantity, null);
    }

    public void Add(int item, GrainCommit commit, Effect.ReturnStock back)
    {
        var session = ItemsOfSessions.Continued(commit, back.SessionId);
        foreach (var line in back.Lines)
            Add(item, session, back.KitchenId, line.MenuId, 0, -line.Quantity, null);
    }

    private void Add(
        int item, Guid session, Guid kitchen, Guid menuId, int toReserve, int toSell, DateTimeOffset? expiresAt)
    {
        items.Add(item);
        sessions.Add(session);
        kitchens.Add(kitchen);
        menuIds.Add(menuId);
        reserved.Add(toReserve);
        sold.Add(toSell);
        expires.Add(expiresAt?.ToUniversalTime());
    }
}

/// <summary>Sessions whose reserved items are sold or released.</summary>
internal sealed class EndedReservations(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> sessions = columns.Next<Guid>();
    private readonly Column<string> states = columns.Next<string>();

    public void Add(int item, GrainCommit commit, Effect.SellReserved sell) =>
        Add(item, commit, sell.SessionId, "SOLD");

    public void Add(int item, GrainCommit commit, Effect.ReleaseReserved release) =>
        Add(item, commit, release.SessionId, "RELEASED");

    private void Add(int item, GrainCommit commit, Guid session, string state)
    {
        items.Add(item);
        sessions.Add(ItemsOfSessions.Continued(commit, session));
        states.Add(state);
    }
}

/// <summary>Sessions whose reservation is extended.</summary>
internal sealed class ExtendedReservations(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> sessions = columns.Next<Guid>();
    private readonly Column<DateTimeOffset> expires = columns.Next<DateTimeOffset>();

    public void Add(int item, GrainCommit commit, Effect.ExtendReserved extend)
    {
        items.Add(item);
        sessions.Add(ItemsOfSessions.Continued(commit, extend.SessionId));
        expires.Add(extend.ExpiresAt.ToUniversalTime());
    }
}

internal sealed class Adjustments(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> ids = columns.Next<Guid>();
    private readonly Column<Guid> kitchens = columns.Next<Guid>();
    private readonly Column<Guid> menuIds = columns.Next<Guid>();
    private readonly Column<string> kinds = columns.Next<string>();
    private readonly Column<int> quantities = columns.Next<int>();
    private readonly Column<string?> reasons = columns.Next<string?>();
    private readonly Column<Guid> people = columns.Next<Guid>();
    private readonly Column<DateTimeOffset> times = columns.Next<DateTimeOffset>();

    public void Add(int item, Effect.AdjustStock adjust)
    {
        var adjustment = adjust.Adjustment;
        items.Add(item);
        ids.Add(adjustment.Id);
        kitchens.Add(adjust.KitchenId);
        menuIds.Add(adjustment.MenuId);
        kinds.Add(adjustment.Kind.WireName);
        quantities.Add(adjustment.Quantity);
        reasons.Add(adjustment.Reason);
        people.Add(adjustment.By);
        times.Add(adjustment.At.ToUniversalTime());
    }
}
