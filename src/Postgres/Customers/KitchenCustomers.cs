using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;
using JikoXpress.Postgres.Wallets;
using Npgsql;

namespace JikoXpress.Postgres.Customers;

internal sealed class KitchenCustomers(
    JikoDatabase database, ManagementWrites writes, ICatalogue catalogue, WalletTopUps topUps, IIds ids,
    TimeProvider clock)
    : ICustomers
{
    private const string Select = """
        SELECT c.id, c.name, c.phone, w.available, w.held, c.created_at AS at
        FROM jiko.kitchen_customer c JOIN jiko.wallet w ON w.owner = c.id
        WHERE c.kitchen_id = $1
        """;

    private const string Insert =
        "INSERT INTO jiko.kitchen_customer (id, kitchen_id, name, phone, created_at) VALUES ($1, $2, $3, $4, $5)";

    private const string Ledger = """
        SELECT leg_id AS id, step, method, -amount AS amount, session_id, at FROM jiko.ledger_transfer
        WHERE debit_owner = $1 AND debit_kind = 'KITCHEN_WALLET'
        UNION ALL
        SELECT leg_id, step, method, amount, session_id, at FROM jiko.ledger_transfer
        WHERE credit_owner = $1 AND credit_kind = 'KITCHEN_WALLET'
        """;

    public Task<Page<Stamped<CustomerWallet>>> List(Guid kitchenId, string? phone, PageRequest page)
    {
        return phone is null
            ? Listed(Select, Sql.Of(kitchenId))
            : Listed($"{Select} AND c.phone = $2", Sql.Of(kitchenId), Sql.Of(phone));

        Task<Page<Stamped<CustomerWallet>>> Listed(string select, params NpgsqlParameter[] parameters) =>
            database.Source.Page(
                select, page,
                row => new Stamped<CustomerWallet>(ReadWallet(row), row.GetFieldValue<DateTimeOffset>(5)), parameters);
    }

    public async Task<Reply<CustomerWallet>> Add(Guid kitchenId, NewCustomer customer, Operation? operation)
    {
        if (WalletRules.Broken(customer) is { Count: > 0 } broken) return broken;
        var added = new CustomerWallet(
            new KitchenCustomer(ids.Next(), customer.Name, customer.Phone), new WalletBalance(Money.Zero, Money.Zero));
        return await writes.Once<CustomerWallet>(operation, added.Customer.Id, async write =>
        {
            await write.Run(
                Insert, Sql.Of(added.Customer.Id), Sql.Of(kitchenId), Sql.Of(customer.Name), Sql.Of(customer.Phone),
                Sql.Of(write.At));
            await write.Run(
                "INSERT INTO jiko.wallet (owner, kind, kitchen_id) VALUES ($1, 'KITCHEN', $2)",
                Sql.Of(added.Customer.Id), Sql.Of(kitchenId));
            return added;
        });
    }

    public async Task<Reply<CustomerWallet>> Find(Guid kitchenId, Guid customerId) =>
        await database.Source.Row($"{Select} AND c.id = $2", ReadWallet, Sql.Of(kitchenId), Sql.Of(customerId))
        is { } customer ? customer : KitchenRefusals.NotFound;

    public async Task<Reply<WalletTopUp>> TopUp(
        Guid kitchenId, Guid customerId, TopUp topUp, Caller by, Operation? operation)
    {
        if (WalletRules.Broken(topUp) is { Count: > 0 } broken) return broken;
        if (await Find(kitchenId, customerId) is Reply<CustomerWallet>.Refused(var missing)) return missing;
        if (topUp.KitchenPaymentMethodId is { } method && !await Takes(kitchenId, method))
            return KitchenRefusals.PaymentMethodNotFound;
        var posted = new WalletTopUp(
            operation?.Id ?? ids.Next(), customerId, topUp.PaymentMethod, topUp.KitchenPaymentMethodId, topUp.Amount,
            by.Id, clock.GetUtcNow());
        var movement = WalletRules.Movement(posted.Id, kitchenId, customerId, topUp, by.DeviceId);
        return await topUps.Post(posted, movement, operation);
    }

    public async Task<Reply<Page<WalletMovement>>> Movements(Guid kitchenId, Guid customerId, PageRequest page)
    {
        if (await Find(kitchenId, customerId) is Reply<CustomerWallet>.Refused(var missing)) return missing;
        return await database.Source.Page(Ledger, page, ReadMovement, Sql.Of(customerId));
    }

    private async ValueTask<bool> Takes(Guid kitchenId, Guid methodId) =>
        await catalogue.Kitchen(kitchenId) is { } kitchen
        && kitchen.PaymentMethods.TryGetValue(methodId, out var method)
        && method.Active;

    private static CustomerWallet ReadWallet(NpgsqlDataReader row) => new(
        new KitchenCustomer(row.GetGuid(0), row.GetString(1), row.GetString(2)),
        new WalletBalance(new Money(row.GetInt64(3)), new Money(row.GetInt64(4))));

    private static WalletMovement ReadMovement(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.WireName<LedgerStep>(1), row.WireName<PaymentMethod>(2), new Money(row.GetInt64(3)),
        row.Optional<Guid>(4), row.GetFieldValue<DateTimeOffset>(5));
}
