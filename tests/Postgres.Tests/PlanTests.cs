using JikoXpress.Postgres.Reads;
using JikoXpress.Testing;
using Npgsql;

namespace JikoXpress.Postgres.Tests;

/// <summary>
/// Reads that have no index of their own go by one that serves others, too. Where a change of the statement or of the
/// index separates them, nothing is wrong but the time that it takes, over a kitchen's year.
/// </summary>
public sealed class PlanTests(TestDatabase database) : StoreTests(database)
{
    private static readonly Guid Kitchen = Guid.NewGuid();

    [Fact]
    public async Task What_is_open_in_a_kitchen_is_found_among_what_is_open()
    {
        const string Open = "checkout_session_open";
        Assert.Contains(Open, await PlanOf(StockReads.Kept, Sql.Of(Kitchen)), StringComparison.Ordinal);
        Assert.Contains(Open, await PlanOf(Deadlines.OfKitchen, Sql.Of(Kitchen)), StringComparison.Ordinal);
        Assert.Contains(
            Open, await PlanOf(Deadlines.OverdueOfKitchen, Sql.Of(Kitchen), Sql.Of(Till.Noon), Sql.Of(10)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_digits_of_a_phone_are_the_first_of_its_index()
    {
        var plan = await PlanOf(SaleSearches.ByPhone, Sql.Of(Kitchen), Sql.Of("0111"), Sql.Of(10));

        Assert.Contains("payment_attempt_phone_reversed", plan, StringComparison.Ordinal);
        Assert.Contains("Index Cond: ((reverse(phone) ~>=~", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_is_found_without_its_account() => Assert.Contains(
        "payment_receipt_pkey",
        await PlanOf(SaleSearches.ByReceipt, Sql.Of(Kitchen), Sql.Of<string[]>(["QK1"])), StringComparison.Ordinal);

    [Fact]
    public async Task A_slip_s_number_is_looked_up_in_each_day_s_numbers()
    {
        var plan = await PlanOf(SaleSearches.SlipsByNumber, Sql.Of(Kitchen), Sql.Of(7), Sql.Of(400));

        Assert.Contains("Index Scan using checkout_session_number", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_page_of_orders_takes_of_each_stage_what_it_needs(bool ofTable)
    {
        var plan = await PlanOf(
            StagedOrders.Text("o.id", ofTable, ofTable ? " AND s.table_number = $4" : "", "DESC"),
            [
                Sql.Of(Kitchen), Sql.Of<string[]>(["NEW", "READY"]), Sql.Of(20),
                .. ofTable ? (NpgsqlParameter[])[Sql.Of("12")] : [],
            ]);

        Assert.Contains("Index Scan Backward using customer_order_stage", plan, StringComparison.Ordinal);
        Assert.Contains(
            $"Index Cond: ((kitchen_id = '{Kitchen}'::uuid) AND (COALESCE(ticket, status) = wanted.stage))",
            plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_of_a_minute_are_found_in_each_stage()
    {
        var plan = await PlanOf(
            SaleSearches.ByMinute, Sql.Of(Kitchen), Sql.Of(Till.Noon), Sql.Of(Till.Noon.AddMinutes(1)),
            Sql.Of(Till.Today), Sql.Of(Till.Today), Sql.Of(10));

        Assert.Contains("customer_order_stage", plan, StringComparison.Ordinal);
        Assert.Contains("(placed_at >= ", plan, StringComparison.Ordinal);
    }

    private async Task<string> PlanOf(string query, params NpgsqlParameter[] parameters) => string.Join(
        '\n', await Store.Database.Source.Rows($"EXPLAIN {query}", row => row.GetString(0), parameters));
}
