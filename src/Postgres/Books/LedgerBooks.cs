using JikoXpress.Domain;
using JikoXpress.Domain.Ledger;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Books;

internal sealed class LedgerBooks(JikoDatabase database) : IBooks
{
    private const string Balances = """
        SELECT kitchen_id, account, owner, method,
            coalesce(sum(amount) FILTER (WHERE amount > 0), 0)::bigint,
            coalesce(sum(-amount) FILTER (WHERE amount < 0), 0)::bigint
        FROM jiko.ledger_entry
        """;

    private const string ByAccount =
        "GROUP BY kitchen_id, account, owner, method ORDER BY kitchen_id, account, owner, method";

    /// <summary>
    /// The invariants read all rows, which takes longer than normal statements may. PostgreSQL cannot estimate values
    /// inside a state's JSON, so a nested loop could be chosen that would not end in useful time.
    /// </summary>
    private const string Unhurried = """
        SET LOCAL statement_timeout = '60s';
        SET LOCAL enable_seqscan = on;
        SET LOCAL enable_hashjoin = on;
        SET LOCAL enable_nestloop = off
        """;

    /// <summary>What belongs to no kitchen is the platform's, which has one currency.</summary>
    private const string OfCurrency = """
        WHERE coalesce((SELECT currency FROM jiko.kitchen WHERE id = kitchen_id), $2) = $1
        """;

    public async Task<IReadOnlyList<TrialBalanceRow>> TrialBalance(Guid kitchenId) =>
        await database.Source.Rows($"{Balances} WHERE kitchen_id = $1 {ByAccount}", ReadBalance, Sql.Of(kitchenId));

    public async Task<IReadOnlyList<TrialBalanceRow>> TrialBalance(Currency currency) => await database.Source.Rows(
        $"{Balances} {OfCurrency} {ByAccount}", ReadBalance, Sql.Of(currency.WireName),
        Sql.Of(Currencies.OfThePlatform.WireName));

    public async Task<IReadOnlyList<ConservationFinding>> Conservation()
    {
        var findings = new List<ConservationFinding>();
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var unhurried = new NpgsqlCommand(Unhurried, connection)) await unhurried.ExecuteNonQueryAsync();
        // Each invariant is one statement, and so sees one snapshot; the snapshots may differ.
        foreach (var law in ConservationLaw.All) findings.AddRange(await law.Broken(connection));
        return findings;
    }

    private static TrialBalanceRow ReadBalance(NpgsqlDataReader row)
    {
        var debits = new Money(row.GetInt64(4));
        var credits = new Money(row.GetInt64(5));
        return new TrialBalanceRow(
            row.GetGuid(0), WireName<AccountKind>(row.GetString(1)), row.GetGuid(2),
            WireName<PaymentMethod>(row.GetString(3)),
            debits, credits, debits - credits);
    }

    private static TEnum WireName<TEnum>(string word) where TEnum : struct, Enum =>
        WireNames.Parse<TEnum>(word)
        ?? throw new InvalidOperationException($"{word} is not a known {typeof(TEnum).Name}.");
}
