using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

internal sealed class HostedReads(JikoDatabase database) : IHostedReads
{
    public async Task<Page<Snapshot<Session.Opened>>> List(HostedFilter filter, PageRequest page)
    {
        // The index that serves this has this channel only.
        var query = new KeysetQuery("state, version", "jiko.checkout_session", "opened_at")
            .Where("channel = 'HOSTED'")
            .Where("opened_by =", filter.MerchantId)
            .WhereGiven("business_date >=", filter.From)
            .WhereGiven("business_date <=", filter.To)
            .WhereGiven("client_reference =", filter.ClientReference)
            .WhereGiven("coalesce(state::json #>> '{opening,currency}', 'TZS') =", filter.Currency);
        if (filter.PaymentLinkId is { } link)
        {
            query.Matching(
                "EXISTS (SELECT FROM jiko.payment_link_session l WHERE l.session_id = id AND l.link_id = {0})",
                Sql.Of(link));
        }

        if (StatusesOf(filter.Status) is { } statuses) query.Where(statuses);
        return await query.Run(database.Source, page, Read);
    }

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
