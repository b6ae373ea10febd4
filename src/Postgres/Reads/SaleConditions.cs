using JikoXpress.Domain;
using JikoXpress.Grains.Abstractions.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

/// <summary>The filter of all lists of sales, as conditions on the columns of a session.</summary>
internal static class SaleConditions
{
    /// <summary>Each a column and an operator, with the value to compare it with.</summary>
    public static IEnumerable<(string Condition, NpgsqlParameter Value)> Of(SaleFilter filter)
    {
        if (filter.Channel is { } channel) yield return ("channel =", Sql.Of(channel.WireName));
        if (filter.SessionType is { } type) yield return ("session_type =", Sql.Of(type.WireName));
        if (filter.TableNumber is { } table) yield return ("table_number =", Sql.Of(table));
        if (filter.From is { } first) yield return ("business_date >=", Sql.Of(first));
        if (filter.To is { } last) yield return ("business_date <=", Sql.Of(last));
        if (filter.Number is { } number) yield return ("number =", Sql.Of(number));
        if (filter.ClientReference is { } reference) yield return ("client_reference =", Sql.Of(reference));
        if (filter.Currency is { } currency)
            yield return (
                "(SELECT k.currency FROM jiko.kitchen k WHERE k.id = kitchen_id) =", Sql.Of(currency.WireName));
    }
}
