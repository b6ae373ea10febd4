using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Postgres.Reads;
using JikoXpress.Testing;
using Npgsql;

namespace JikoXpress.Postgres.Tests.Settlement;

/// <summary>Registers of stores and the wallets they settle into, as the rows keep them.</summary>
public sealed class RegisterTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private readonly Office office = new(database);
    private readonly Store books = new(database);
    private Kitchen store = null!;
    private Merchant shop = null!;
    private SettlementWallet wallet = null!;

    public async ValueTask InitializeAsync()
    {
        store = await office.Kitchen();
        shop = Office.Done(await office.Merchants.Add(new MerchantPlan("Duka", [store.Id])));
        wallet = Assert.Single(Office.Done(await office.Wallets.List(shop.Id)).Wallets);
    }

    public async ValueTask DisposeAsync()
    {
        await books.MustBalance();
        await books.DisposeAsync();
        await office.DisposeAsync();
    }

    [Fact]
    public async Task A_merchant_begins_with_a_wallet_for_each_currency_of_its_stores()
    {
        Assert.Equal(
            ("Main TZS", Currency.Tzs, "Africa/Dar_es_Salaam", Money.Zero, false),
            (wallet.Name, wallet.Currency, wallet.TimeZone, wallet.Balance, wallet.LiveMode));

        var kenyan = await Kitchen(Currency.Kes, Country.Ke);
        var both = Office.Done(await office.Merchants.Add(new MerchantPlan("Both", [(await office.Kitchen()).Id, kenyan])));
        Assert.Equal(
            [Currency.Kes, Currency.Tzs],
            Office.Done(await office.Wallets.List(both.Id)).Wallets
                .Select(known => known.Currency).OrderBy(currency => currency.WireName));
    }

    [Fact]
    public async Task Registers_are_numbered_within_their_store_also_when_they_are_made_at_once()
    {
        var other = await office.Kitchen();
        Office.Done(await office.Merchants.Add(new MerchantPlan("Other", [other.Id])));

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Register($"Register {number}")));

        Assert.Equal(Enumerable.Range(1, 8), made.Select(register => register.Number).Order());
        Assert.Equal(8, made.Select(register => register.Code).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, 8), (await office.Registers.List(store.Id)).Select(one => one.Number));
        Assert.Empty(await office.Registers.List(other.Id));
    }

    [Fact]
    public async Task A_retry_makes_no_second_register()
    {
        var operation = new Operation(Guid.CreateVersion7(), Guid.CreateVersion7());
        var first = Office.Done(await office.Registers.Add(store.Id, new RegisterPlan("Main", wallet.Id), operation));
        var again = Office.Done(await office.Registers.Add(store.Id, new RegisterPlan("Main", wallet.Id), operation));

        Assert.Equal(first, again);
        Assert.Single(await office.Registers.List(store.Id));
    }

    [Fact]
    public async Task A_wallet_that_is_anothers_or_of_another_currency_is_refused()
    {
        var other = Office.Done(await office.Merchants.Add(new MerchantPlan("Other", [(await office.Kitchen()).Id])));
        var theirs = Office.Done(await office.Wallets.List(other.Id)).Wallets[0];
        var dollars = Office.Done(await office.Wallets.Add(shop.Id, new SettlementWalletPlan("Abroad", Currency.Usd)));
        var register = await Register("Main");

        Assert.Equal("wallet-not-found", Refused(await office.Registers.Add(store.Id, new RegisterPlan("X", theirs.Id))));
        Assert.Equal("wallet-not-found", Refused(await office.Registers.Add(store.Id, new RegisterPlan("X", store.Id))));
        Assert.Equal(
            "currency-not-supported", Refused(await office.Registers.Add(store.Id, new RegisterPlan("X", dollars.Id))));
        Assert.Equal(
            "wallet-not-found",
            Refused(await office.Registers.Change(store.Id, register.Number, new RegisterChange(WalletId: theirs.Id))));
        Assert.Equal("name-taken", Refused(
            await office.Wallets.Add(shop.Id, new SettlementWalletPlan("ABROAD", Currency.Tzs))));
        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, (await Assert.ThrowsAsync<PostgresException>(() =>
            database.Source.Run(
                "UPDATE jiko.register SET wallet_id = $2 WHERE id = $1", Sql.Of(register.Id), Sql.Of(theirs.Id))))
            .SqlState);

        static string Refused<T>(Reply<T> reply) => Office.CodeOf(reply);
    }

    [Fact]
    public async Task A_hundredth_register_is_the_last()
    {
        for (var number = 1; number <= RegisterRules.MostRegisters; number++) await Register($"Register {number}");

        Assert.Equal(
            "too-many-items", Office.CodeOf(await office.Registers.Add(store.Id, new RegisterPlan("101", wallet.Id))));
    }

    [Fact]
    public async Task A_hundredth_wallet_is_the_last()
    {
        for (var number = 2; number <= RegisterRules.MostWallets; number++)
            Office.Done(await office.Wallets.Add(shop.Id, new SettlementWalletPlan($"No {number}", Currency.Tzs)));

        Assert.Equal("too-many-items", Office.CodeOf(
            await office.Wallets.Add(shop.Id, new SettlementWalletPlan("101", Currency.Tzs))));
    }

    [Fact]
    public async Task A_store_with_a_register_keeps_its_currency()
    {
        await Register("Main");

        Assert.Equal(
            "currency-in-use",
            Office.CodeOf(await office.Kitchens.Change(store.Id, new KitchenChange { Currency = Currency.Kes, Country = Country.Ke })));
    }

    [Fact]
    public async Task What_is_sold_is_in_the_wallet_until_it_is_paid_out_and_never_less_than_nothing()
    {
        await Sell(store.Id, 10_000);
        await Sell(store.Id, 2_500);
        Assert.Equal(new Money(12_500), (await Wallet()).Balance);

        Assert.Equal("insufficient-wallet-balance", Office.CodeOf(await PayOut(12_501, "B-1")));
        var payout = Office.Done(await PayOut(12_500, "B-1"));
        Assert.Equal(Money.Zero, (await Wallet()).Balance);
        Assert.Equal("payout-already-recorded", Office.CodeOf(await PayOut(1, "B-1")));
        Assert.Equal([payout], (await office.Wallets.Payouts(wallet.Id, new PageRequest(10))).Items);
    }

    [Fact]
    public async Task The_platforms_commission_comes_out_of_the_wallet()
    {
        await Sell(store.Id, 10_005, commission: 1_000);

        Assert.Equal(new Money(9_004), (await Wallet()).Balance);
        var today = DateOnly.FromDateTime(Till.Noon.UtcDateTime);
        var day = Assert.Single(Office.Done(await office.Wallets.Statement(wallet, today, today)).Days);
        Assert.Equal((new Money(10_005), new Money(1_001), new Money(9_004)), (day.Received, day.Commission, day.ClosingBalance));
        Assert.Equal("insufficient-wallet-balance", Office.CodeOf(await PayOut(9_005, "B-1")));
        Office.Done(await PayOut(9_004, "B-1"));
    }

    [Fact]
    public async Task Two_payouts_at_once_do_not_take_the_same_money()
    {
        await Sell(store.Id, 10_000);

        var both = await Task.WhenAll(PayOut(6_000, "B-1"), PayOut(6_000, "B-2"));

        Assert.Single(both.OfType<Reply<Payout>.Accepted>());
        Assert.Equal(new Money(4_000), (await Wallet()).Balance);
    }

    [Fact]
    public async Task A_payout_sent_twice_is_recorded_once()
    {
        await Sell(store.Id, 10_000);
        var operation = new Operation(Guid.CreateVersion7(), Guid.CreateVersion7());
        var plan = new PayoutPlan(new Money(6_000), "B-1", office.Clock.GetUtcNow());

        var first = Office.Done(await office.Wallets.PayOut(wallet.Id, plan, operation));
        Assert.Equal(first, Office.Done(await office.Wallets.PayOut(wallet.Id, plan, operation)));
        Assert.Equal(new Money(4_000), (await Wallet()).Balance);
    }

    [Fact]
    public async Task A_payout_is_in_the_books_of_the_stores_whose_money_it_was()
    {
        var second = await office.Kitchen("Second");
        await Sell(store.Id, 10_000);
        await Sell(second.Id, 5_000);

        Office.Done(await PayOut(12_000, "B-1"));

        Assert.Equal([("PaidOut", 10_000L)], await PaidOut(store.Id));
        Assert.Equal([("PaidOut", 2_000L), ("SettlementWallet", 3_000L)], await PaidOut(second.Id));
        Assert.Equal(2, (await Entries()).Count(entry => entry.Kind is WalletEntryKind.PaidOut));

        async Task<IEnumerable<(string, long)>> PaidOut(Guid kitchen) =>
            (await books.Books.TrialBalance(kitchen))
                .Where(row => row.Owner == wallet.Id && row.Balance != Money.Zero)
                .Select(row => ($"{row.Account}", row.Balance.Shillings))
                .Order();
    }

    [Fact]
    public async Task A_statement_has_every_day_and_its_days_fit_together()
    {
        await Sell(store.Id, 10_000);
        Office.Done(await PayOut(4_000, "B-1"));
        var today = DateOnly.FromDateTime(Till.Noon.UtcDateTime);

        var statement = Office.Done(await office.Wallets.Statement(wallet, today.AddDays(-1), today.AddDays(1)));

        Assert.Equal([today.AddDays(-1), today, today.AddDays(1)], statement.Days.Select(day => day.Date));
        Assert.Equal(new Money(10_000), statement.Days.Sum(day => day.Received));
        Assert.Equal(
            (await Wallet()).Balance, statement.Days.Sum(day => day.ClosingBalance - day.OpeningBalance));
        foreach (var (day, next) in statement.Days.Zip(statement.Days.Skip(1)))
            Assert.Equal(day.ClosingBalance, next.OpeningBalance);

        Assert.Equal("parameter-out-of-range", Office.CodeOf(
            await office.Wallets.Statement(wallet, today, today.AddDays(-1))));
        Assert.Equal("parameter-out-of-range", Office.CodeOf(
            await office.Wallets.Statement(wallet, today, today.AddDays(WalletStatement.MostDays))));
        Assert.Equal(WalletStatement.MostDays, Office.Done(await office.Wallets.Statement(
            wallet, today, today.AddDays(WalletStatement.MostDays - 1))).Days.Count);
    }

    [Fact]
    public async Task What_moved_is_listed_page_by_page()
    {
        for (var sale = 1; sale <= 5; sale++) await Sell(store.Id, sale * 1_000);
        Office.Done(await PayOut(15_000, "B-1"));

        var all = await Entries();
        var first = await office.Wallets.Entries(wallet, null, null, new PageRequest(2));
        var rest = await office.Wallets.Entries(
            wallet, null, null, new PageRequest(10, After: new Cursor(first.Items[1].At, first.Items[1].Id)));

        Assert.Equal(6, all.Count);
        Assert.Equal(all, [.. first.Items, .. rest.Items]);
        Assert.Equal(Money.Zero, all.Sum(entry => entry.Amount));
        Assert.All(all, entry => Assert.Equal(entry.Kind is WalletEntryKind.PaidOut, entry.PayoutId is not null));
        Assert.All(all, entry => Assert.Equal(entry.Kind is WalletEntryKind.Received, entry.SessionId is not null));
    }

    private async Task<Register> Register(string description) =>
        Office.Done(await office.Registers.Add(store.Id, new RegisterPlan(description, wallet.Id)));

    private async Task<SettlementWallet> Wallet() => Office.Done(await office.Wallets.Find(wallet.Id, shop.Id));

    private Task<Reply<Payout>> PayOut(long amount, string reference) =>
        office.Wallets.PayOut(wallet.Id, new PayoutPlan(new Money(amount), reference, office.Clock.GetUtcNow()));

    private async Task<IReadOnlyList<WalletEntry>> Entries() =>
        (await office.Wallets.Entries(wallet, null, null, new PageRequest(100))).Items;

    private readonly Dictionary<Guid, Till> tills = [];

    private async Task Sell(Guid kitchen, long amount, int commission = 0)
    {
        if (!tills.TryGetValue(kitchen, out var till))
            tills[kitchen] = till = new Till($"register of {kitchen}") { KitchenId = kitchen };
        var ringing = till.AtRegister(wallet.Id, amount, commission);
        await books.Commit(ringing, till.PaidByPhone(ringing, new Money(amount)));
    }

    private async Task<Guid> Kitchen(Currency currency, Country country) => Office.Done(await office.Kitchens.Add(
        new NewKitchen(
            "Kitchen", LiveMode: false, KitchenSettings.Default with { Currency = currency, Country = country }),
        null)).Id;
}
