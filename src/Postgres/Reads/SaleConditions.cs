using JikoXpress.Domain;
using JikoXpress.Grains.Abstractions.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

/// <summary>The filter of all lists of sales, as conditions on the columns of a session.</summary>
internal static class SaleConditions
{
    /// <summary>Each a column and an operator, with the value to compare it with.</summary>
    /// <param name="session">The name before each column, with its dot, where the statement has several tables.</param>
    public static IEnumerable<(string Condition, NpgsqlParameter Value)> Of(SaleFilter filter, string session = "")
    {
        if (filter.Channel is { } channel) yield return ($"{session}channel =", Sql.Of(channel.WireName));
        if (filter.SessionType is { } type) yield return ($"{session}session_type =", Sql.Of(type.WireName));
        if (filter.TableNumber is { } table) yield return ($"{session}table_number =", Sql.Of(table));
        if (filter.From is { } first) yield return ($"{session}business_date >=", Sql.Of(first));
        if (filter.To is { } last) yield return ($"{session}business_date <=", Sql.Of(last));
        if (filter.Number is { } number) yield return ($"{session}number =", Sql.Of(number));
        if (filter.ClientReference is { } reference) yield return ($"{session}client_reference =", Sql.Of(reference));
        if (filter.Currency is { } currency)
            yield return (
                $"(SELECT k.currency FROM jiko.kitchen k WHERE k.id = {session}kitchen_id) =",
                Sql.Of(currency.WireName));
    }
}
