using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Testing;
using static JikoXpress.Postgres.Tests.Office;

namespace JikoXpress.Postgres.Tests.Wallets;

public sealed class TopUpTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static readonly TopUp TwentyThousand = new(PaymentMethod.Cash, new Money(20_000));

    private static readonly Operation Key = new(
        Guid.Parse("0192bbbb-0000-8000-8000-000000000001"), Guid.Parse("0192bbbb-0000-8000-8000-000000000002"));

    private readonly Office office = new(database);
    private Kitchen kitchen = null!;
    private KitchenCustomer fatuma = null!;
    private Caller cashier = null!;

    public async ValueTask InitializeAsync()
    {
        kitchen = await office.Kitchen();
        fatuma = Done(await office.Customers.Add(kitchen.Id, new NewCustomer("Mama Fatuma", "+255712345678"), null)).Customer;
        var till = await office.Device(kitchen.Id);
        cashier = new Caller(CallerKind.Staff, (await office.Member(kitchen.Id)).Id, kitchen.Id, till.Device.Id);
    }

    public async ValueTask DisposeAsync() => await office.DisposeAsync();

    [Fact]
    public async Task A_new_customer_has_an_empty_balance() => Assert.Equal(Balance(0), await Wallet());

    [Fact]
    public async Task A_phone_number_belongs_to_one_customer()
    {
        var twin = new NewCustomer("Somebody", fatuma.Phone);
        Assert.Equal("phone-taken", CodeOf(await office.Customers.Add(kitchen.Id, twin, null)));
        var found = await office.Customers.List(kitchen.Id, fatuma.Phone, new PageRequest(10));
        Assert.Equal(fatuma, Assert.Single(found.Items).Value.Customer);
        Assert.Empty((await office.Customers.List(kitchen.Id, "+255712345679", new PageRequest(10))).Items);
    }

    [Fact]
    public async Task Each_top_up_is_on_the_balance_and_in_the_books()
    {
        var lipa = Done(await office.Menus.Add(kitchen.Id, new NewPaymentMethod("Lipa Voda", "VODACOM"), null));
        Done(await TopUp(TwentyThousand));
        Done(await TopUp(new TopUp(PaymentMethod.Card, new Money(3_000))));
        Done(await TopUp(new TopUp(PaymentMethod.KitchenChannel, new Money(500), lipa.Id)));

        Assert.Equal(Balance(23_500), await Wallet());
        Assert.Equal(20_000, await Debits("DRAWER", cashier.DeviceId!.Value));
        Assert.Equal(3_000, await Debits("CARD_TERMINAL", kitchen.Id));
        Assert.Equal(500, await Debits("KITCHEN_CHANNEL", lipa.Id));
        var movements = Done(await office.Customers.Movements(kitchen.Id, fatuma.Id, new PageRequest(10)));
        Assert.Equal([500, 3_000, 20_000], movements.Items.Select(item => item.Amount.Shillings).OrderBy(amount => amount));
        Assert.All(movements.Items, item => Assert.Equal((LedgerStep.TopUp, null), (item.Step, item.SessionId)));
    }

    [Fact]
    public async Task The_same_key_tops_up_once_however_often_it_is_sent_at_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => TopUp(TwentyThousand, Key)));

        Assert.Single(answers.Select(Done).Distinct());
        Assert.Single(answers, answer => answer is Reply<WalletTopUp>.Accepted { Replayed: false });
        Assert.Equal(Balance(20_000), await Wallet());

        var reused = CodeOf(await TopUp(TwentyThousand, Key with { Fingerprint = Key.Id }));
        Assert.Equal("idempotency-key-reused", reused);
    }

    [Fact]
    public async Task Staff_top_up_only_with_what_they_can_attest()
    {
        var off = Done(await office.Menus.Add(kitchen.Id, new NewPaymentMethod("HaloPesa", "HALOTEL"), null));
        Done(await office.Menus.Change(kitchen.Id, off.Id, new PaymentMethodChange(Active: false)));

        Assert.Equal("payment-method-not-allowed", CodeOf(await TopUp(TwentyThousand with { PaymentMethod = PaymentMethod.MobileMoney })));
        Assert.Equal("amount-out-of-range", CodeOf(await TopUp(TwentyThousand with { Amount = Money.Zero })));
        Assert.Equal("kitchen-payment-method-required", CodeOf(await TopUp(new TopUp(PaymentMethod.KitchenChannel, new Money(1)))));
        Assert.Equal("kitchen-payment-method-not-allowed", CodeOf(await TopUp(TwentyThousand with { KitchenPaymentMethodId = off.Id })));
        Assert.Equal("kitchen-payment-method-not-found", CodeOf(await TopUp(new TopUp(PaymentMethod.KitchenChannel, new Money(1), off.Id))));
        Assert.Equal(Balance(0), await Wallet());
    }

    [Fact]
    public async Task An_app_account_is_topped_up_from_the_platforms_bank()
    {
        var account = Done(await office.Accounts.Add(new NewAccount("Asha", "+255755000002", LiveMode: false), null)).Account;
        var by = new Caller(CallerKind.Operator, Guid.Empty);
        var topUp = Done(await office.Accounts.TopUp(account.Id, new Money(50_000), by, Key with { Id = account.Id }));
        var again = await office.Accounts.TopUp(account.Id, new Money(50_000), by, Key with { Id = account.Id });

        Assert.Equal(new Reply<WalletTopUp>.Accepted(topUp, Version: 0, Replayed: true), again);
        Assert.Equal(Balance(50_000), Done(await office.Accounts.Find(account.Id)).Wallet);
        Assert.Equal(50_000, await Debits("PLATFORM_BANK", Guid.Empty));
        Assert.Equal("phone-taken", CodeOf(await office.Accounts.Add(new NewAccount("X", account.Phone, false), null)));
    }

    private static WalletBalance Balance(long available) => new(new Money(available), Money.Zero);

    private Task<Reply<WalletTopUp>> TopUp(TopUp topUp, Operation? operation = null) =>
        office.Customers.TopUp(kitchen.Id, fatuma.Id, topUp, cashier, operation);

    private async Task<WalletBalance> Wallet() =>
        Done(await office.Customers.Find(kitchen.Id, fatuma.Id)).Wallet;

    private Task<long> Debits(string kind, Guid owner) => database.Ask<long>($"""
        SELECT coalesce(sum(amount), 0)::bigint FROM jiko.ledger_transfer
        WHERE debit_kind = '{kind}' AND debit_owner = '{owner}'
        """);
}
