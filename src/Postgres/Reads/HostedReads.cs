using System.Globalization;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

internal sealed class HostedReads(JikoDatabase database) : IHostedReads
{
    /// <summary>As the index of each register's sessions has it.</summary>
    private const string Register = "(state::json #>> '{opening,hosted,register,number}')";

    private const string OfRegister = $"""
        SELECT state, version FROM jiko.checkout_session
        WHERE channel = 'HOSTED' AND kitchen_id = $1 AND {Register} = $2 AND status = 'PENDING_PAYMENT'
            AND deadline > $3
        ORDER BY opened_at DESC, id DESC LIMIT 1
        """;

    public async Task<Page<Snapshot<Session.Opened>>> List(HostedFilter filter, PageRequest page)
    {
        // The index that serves this has this channel only.
        var query = new KeysetQuery("state, version", "jiko.checkout_session", "opened_at")
            .Where("channel = 'HOSTED'")
            .Where("opened_by =", filter.MerchantId)
            .WhereGiven("business_date >=", filter.From)
            .WhereGiven("business_date <=", filter.To)
            .WhereGiven("kitchen_id =", filter.StoreId)
            .WhereGiven($"{Register} =", filter.CheckoutId?.ToString(CultureInfo.InvariantCulture))
            .WhereGiven("client_reference =", filter.ClientReference)
            .WhereGiven("coalesce(state::json #>> '{opening,currency}', 'TZS') =", filter.Currency);
        if (filter.PaymentLinkId is { } link)
        {
            query.Matching(
                "id IN (SELECT l.session_id FROM jiko.payment_link_session l WHERE l.link_id = {0})",
                Sql.Of(link));
        }

        if (StatusesOf(filter.Status) is { } statuses) query.Where(statuses);
        return await query.Run(database.Source, page, Read);
    }

    public async Task<Session.Opened?> Waiting(Guid storeId, int checkoutId, DateTimeOffset now) =>
        (await database.Source.Row(
            OfRegister, Read, Sql.Of(storeId), Sql.Of(checkoutId.ToString(CultureInfo.InvariantCulture)),
            Sql.Of(now.ToUniversalTime())))?.State;

    private static string? StatusesOf(string? word) => word switch
    {
        "open" => "status = 'PENDING_PAYMENT'",
        "complete" => "status = 'CONFIRMED'",
        "expired" => "status IN ('EXPIRED', 'CANCELLED', 'FAILED')",
        _ => null,
    };

    private static Snapshot<Session.Opened> Read(NpgsqlDataReader row) =>
        new((Session.Opened)StateJson.Read<Session>(row.GetString(0)), row.GetInt64(1));
}
