using Npgsql;

namespace JikoXpress.Baselines;

/// <summary>The statements that the row-lock forms share, and their parameters.</summary>
internal static class Statements
{
    public const string LockStock =
        "SELECT menu_id, on_hand FROM stock WHERE kitchen_id = $1 AND menu_id = ANY ($2) ORDER BY menu_id FOR UPDATE";

    public const string SellStock =
        "UPDATE stock SET on_hand = on_hand - $3 WHERE kitchen_id = $1 AND menu_id = $2";

    public const string AddSession = """
        INSERT INTO session (id, version, kitchen_id, status, opened_at, total, state)
        VALUES ($1, 1, $2, $3, $4, $5, $6)
        """;

    public const string AddOrder =
        "INSERT INTO customer_order (id, session_id, kitchen_id, placed_at, content) VALUES ($1, $2, $3, $4, $5)";

    public const string AddEntry =
        "INSERT INTO ledger_entry (session_id, kitchen_id, account, amount, at) VALUES ($1, $2, $3, $4, $5)";

    public const string AddEvent = "INSERT INTO outbox (kitchen_id, type, payload, at) VALUES ($1, $2, $3, $4)";

    extension(NpgsqlParameterCollection parameters)
    {
        public void Sold(SaleState state, SaleLine line) =>
            parameters.With(state.KitchenId).With(line.MenuId).With(line.Quantity);

        public void Session(Sale sale) => parameters
            .With(sale.State.Id).With(sale.State.KitchenId).With(sale.State.Status).With(sale.State.OpenedAt)
            .With(sale.State.Total).With(sale.StateJson);

        public void Order(Sale sale, DateTimeOffset now) => parameters
            .With(sale.State.OrderId ?? Guid.Empty).With(sale.State.Id).With(sale.State.KitchenId).With(now)
            .With(sale.OrderJson);

        public void Entry(SaleState state, string account, long amount, DateTimeOffset now) =>
            parameters.With(state.Id).With(state.KitchenId).With(account).With(amount).With(now);

        public void Event(SaleState state, DateTimeOffset now) => parameters
            .With(state.KitchenId).With("checkout_session.confirmed")
            .With($$"""{"sessionId":"{{state.Id}}","orderId":"{{state.OrderId}}"}""").With(now);
    }
}
