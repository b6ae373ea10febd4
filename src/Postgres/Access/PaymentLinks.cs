using System.Buffers.Text;
using System.Security.Cryptography;
using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Access;

internal sealed class PaymentLinks(JikoDatabase database, ManagementWrites writes, IIds ids)
    : IPaymentLinks, IPaymentLinkReads
{
    private const int KeyBytes = 16;

    private const string Columns =
        "id, merchant_id, kitchen_id, live_mode, currency, secret, terms, active, open, paid, created_at";

    private const string Links = "jiko.payment_link JOIN jiko.payment_link_use u ON u.link_id = id";

    private const string Store = """
        SELECT k.currency FROM jiko.kitchen k JOIN jiko.merchant_store s ON s.kitchen_id = k.id
        WHERE k.id = $1 AND s.merchant_id = $2 AND k.live_mode = $3
        """;

    public async Task<Reply<PaymentLink>> Add(MakePaymentLink command, Operation? operation)
    {
        if (command.Broken() is { Count: > 0 } broken) return broken;
        var (id, key) = (ids.Next(), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes)));
        return await writes.Once<PaymentLink>(operation, id, async write =>
        {
            if (LinkRules.Broken(command, write.At) is { Count: > 0 } wrong) return wrong;
            var store = await write.Row(
                Store, row => row.GetString(0), Sql.Of(command.StoreId), Sql.Of(command.MerchantId),
                Sql.Of(command.LiveMode));
            if (store is not { } currency || command.StoreId is not { } storeId)
                return HostedRefusals.NamedStoreNotFound;
            var link = new PaymentLink(
                id, command.MerchantId, storeId, command.LiveMode, currency, key, command.Terms, Active: true,
                new LinkUse(Open: 0, Paid: 0), write.At);
            await write.Run(
                """
                INSERT INTO jiko.payment_link (
                    id, merchant_id, kitchen_id, live_mode, currency, secret, terms, active, created_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, true, $8)
                """,
                Sql.Of(id), Sql.Of(link.MerchantId), Sql.Of(link.StoreId), Sql.Of(link.LiveMode), Sql.Of(currency),
                Sql.Of(key), Sql.Of(StateJson.Write(link.Terms)), Sql.Of(write.At));
            await write.Run(
                "INSERT INTO jiko.payment_link_use (link_id, most) VALUES ($1, $2)",
                Sql.Of(id), Sql.Of(link.Terms.MostPayments));
            return link;
        });
    }

    public Task<PaymentLink?> Find(Guid id) =>
        Sql.ForGrains(database.Source.Row($"SELECT {Columns} FROM {Links} WHERE id = $1", Read, Sql.Of(id)));

    public Task<Page<PaymentLink>> List(Guid merchantId, bool? active, PageRequest page) =>
        new KeysetQuery(Columns, Links, "created_at")
            .Where("merchant_id =", merchantId)
            .WhereGiven("active =", active)
            .Run(database.Source, page, Read);

    public Task<Reply<PaymentLink>> Change(Guid merchantId, Guid id, ChangePaymentLink change) =>
        writes.Do<PaymentLink>(async write =>
        {
            if (change.Broken() is { Count: > 0 } broken) return broken;
            var known = await write.Row(
                $"SELECT {Columns} FROM {Links} WHERE id = $1 AND merchant_id = $2 FOR UPDATE OF payment_link",
                Read, Sql.Of(id), Sql.Of(merchantId));
            if (known is not { } link) return LinkRefusals.NotFound;
            if (LinkRules.Broken(change, link) is { Count: > 0 } wrong) return wrong;
            var changed = link.With(change);
            await write.Run(
                "UPDATE jiko.payment_link SET active = $2, terms = $3 WHERE id = $1",
                Sql.Of(id), Sql.Of(changed.Active), Sql.Of(StateJson.Write(changed.Terms)));
            return changed;
        });

    private static PaymentLink Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.GetBoolean(3), row.GetString(4), row.GetString(5),
        StateJson.Read<LinkTerms>(row.GetString(6)), row.GetBoolean(7),
        new LinkUse(row.GetInt32(8), row.GetInt32(9)), row.GetFieldValue<DateTimeOffset>(10));
}
