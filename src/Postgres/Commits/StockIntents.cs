using JikoXpress.Domain;

namespace JikoXpress.Postgres.Commits;

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

    public void Add(int item, Effect.ReserveStock reserve)
    {
        foreach (var line in reserve.Lines)
            Add(item, reserve.SessionId, reserve.KitchenId, line.MenuId, line.Quantity, 0, reserve.ExpiresAt);
    }

    public void Add(int item, Effect.SellStock sell)
    {
        foreach (var line in sell.Lines)
            Add(item, sell.SessionId, sell.KitchenId, line.MenuId, 0, line.Quantity, null);
    }

    public void Add(int item, Effect.ReturnStock back)
    {
        foreach (var line in back.Lines)
            Add(item, back.SessionId, back.KitchenId, line.MenuId, 0, -line.Quantity, null);
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

    public void Add(int item, Effect.SellReserved sell) => Add(item, sell.SessionId, "SOLD");

    public void Add(int item, Effect.ReleaseReserved release) => Add(item, release.SessionId, "RELEASED");

    private void Add(int item, Guid session, string state)
    {
        items.Add(item);
        sessions.Add(session);
        states.Add(state);
    }
}

/// <summary>Sessions whose reservation is extended.</summary>
internal sealed class ExtendedReservations(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> sessions = columns.Next<Guid>();
    private readonly Column<DateTimeOffset> expires = columns.Next<DateTimeOffset>();

    public void Add(int item, Effect.ExtendReserved extend)
    {
        items.Add(item);
        sessions.Add(extend.SessionId);
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
