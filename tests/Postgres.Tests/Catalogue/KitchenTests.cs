using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Testing;
using static JikoXpress.Postgres.Tests.Office;

namespace JikoXpress.Postgres.Tests.Catalogue;

public sealed class KitchenTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static readonly NewMenuItem Pilau = new("Pilau", new Money(5_000), "Wali");

    private readonly Office office = new(database);
    private Kitchen kitchen = null!;

    public async ValueTask InitializeAsync() => kitchen = await office.Kitchen();

    public async ValueTask DisposeAsync() => await office.DisposeAsync();

    [Fact]
    public async Task A_kitchen_is_found_as_it_was_made()
    {
        Assert.Equal(kitchen, Done(await office.Kitchens.Find(kitchen.Id)));
        Assert.Equal(kitchen, (await office.Catalogue.Kitchen(kitchen.Id))?.Kitchen);
        Assert.Equal("not-found", CodeOf(await office.Kitchens.Find(Guid.Parse("0192aaaa-0000-7000-8000-000000000001"))));
    }

    [Fact]
    public async Task Its_currency_can_change_while_nothing_is_in_it()
    {
        var made = Done(await office.Kitchens.Add(
            new NewKitchen("Nyama", LiveMode: false, new KitchenChange(Currency: Currency.Kes).Of(kitchen).Settings),
            null));
        Assert.Equal((Currency.Kes, Country.Ke), (made.Settings.Currency, made.Settings.Country));
        Assert.Equal(made, Done(await office.Kitchens.Find(made.Id)));

        var moved = Done(await office.Kitchens.Change(
            made.Id, new KitchenChange(Currency: Currency.Xof, Country: Country.Ci)));
        Assert.Equal(moved, (await office.Catalogue.Kitchen(made.Id))?.Kitchen);
        Assert.Equal(
            "setting-out-of-range",
            CodeOf(await office.Kitchens.Change(made.Id, new KitchenChange(Currency: Currency.Xaf))));

        Done(await office.Menus.Add(made.Id, Pilau, null));
        Assert.Equal(
            "currency-in-use", CodeOf(await office.Kitchens.Change(made.Id, new KitchenChange(Currency: Currency.Kes))));
        Assert.Equal(
            Country.Sn,
            Done(await office.Kitchens.Change(made.Id, new KitchenChange(Country: Country.Sn))).Settings.Country);
        Assert.Equal(Currency.Xof, Done(await office.Kitchens.Find(made.Id)).Settings.Currency);
    }

    [Fact]
    public async Task What_is_added_to_the_menu_can_be_sold_at_once()
    {
        Assert.Empty((await office.Catalogue.Kitchen(kitchen.Id))!.Menu);
        var pilau = Done(await office.Menus.Add(kitchen.Id, Pilau, null));
        var method = Done(await office.Menus.Add(kitchen.Id, new NewPaymentMethod("Lipa Voda", "VODACOM"), null));

        var known = (await office.Catalogue.Kitchen(kitchen.Id))!;
        Assert.Equal(pilau, known.Menu[pilau.Id]);
        Assert.Equal(method, known.PaymentMethods[method.Id]);
    }

    [Fact]
    public async Task A_new_price_counts_at_once_on_this_host()
    {
        var pilau = Done(await office.Menus.Add(kitchen.Id, Pilau, null));
        await office.Catalogue.Kitchen(kitchen.Id);

        Done(await office.Menus.Change(kitchen.Id, pilau.Id, new MenuItemChange(Price: new Money(5_500))));

        Assert.Equal(new Money(5_500), (await office.Catalogue.Kitchen(kitchen.Id))!.Menu[pilau.Id].Price);
    }

    [Fact]
    public async Task A_new_price_counts_on_a_host_that_heard_nothing_after_half_a_minute()
    {
        await using var deaf = new Office(database);
        var pilau = Done(await office.Menus.Add(kitchen.Id, Pilau, null));
        await deaf.Catalogue.Kitchen(kitchen.Id);
        Done(await office.Menus.Change(kitchen.Id, pilau.Id, new MenuItemChange(Price: new Money(5_500))));

        deaf.Clock.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Equal(new Money(5_000), (await deaf.Catalogue.Kitchen(kitchen.Id))!.Menu[pilau.Id].Price);
        deaf.Clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(new Money(5_500), (await deaf.Catalogue.Kitchen(kitchen.Id))!.Menu[pilau.Id].Price);
    }

    [Fact]
    public async Task A_new_price_is_told_to_other_hosts()
    {
        await using var other = new Office(database);
        await other.Listen();
        var pilau = Done(await office.Menus.Add(kitchen.Id, Pilau, null));
        await Wait.Until(() => database.Ask<bool>("""
            SELECT count(*) > 0 FROM pg_stat_activity
            WHERE datname = current_database() AND query = 'SELECT 1 AS listening' AND state = 'idle'
            """));
        await other.Catalogue.Kitchen(kitchen.Id);

        Done(await office.Menus.Change(kitchen.Id, pilau.Id, new MenuItemChange(Price: new Money(5_500))));

        await Wait.Until(async () =>
            (await other.Catalogue.Kitchen(kitchen.Id))!.Menu[pilau.Id].Price == new Money(5_500)
            || await database.Ask<bool>("SELECT false"));
    }

    [Fact]
    public async Task Settings_change_one_by_one()
    {
        var change = new KitchenChange(SlipTimeout: TimeSpan.FromMinutes(20), DayStartsAt: new TimeOnly(5, 30));
        var expected = kitchen with
        {
            Settings = kitchen.Settings with { SlipTimeout = TimeSpan.FromMinutes(20), DayStartsAt = new TimeOnly(5, 30) },
        };

        Assert.Equal(expected, Done(await office.Kitchens.Change(kitchen.Id, change)));
        Assert.Equal(expected, Done(await office.Kitchens.Find(kitchen.Id)));
        Assert.Equal(expected, (await office.Catalogue.Kitchen(kitchen.Id))!.Kitchen);
    }

    [Fact]
    public async Task A_commission_is_kept_by_channel_and_no_setting_changes_it()
    {
        var rates = new CommissionRates(App: 1_000, Whatsapp: 750, Hosted: 25);
        var expected = kitchen with { Commission = rates };

        Assert.Equal(expected, Done(await office.Kitchens.SetCommission(kitchen.Id, rates)));
        Assert.Equal(expected, Done(await office.Kitchens.Find(kitchen.Id)));
        Assert.Equal(expected, (await office.Catalogue.Kitchen(kitchen.Id))!.Kitchen);
        Assert.Equal(rates, Done(await office.Kitchens.Change(kitchen.Id, new KitchenChange(Name: "Nyama"))).Commission);
        Assert.Contains(
            (await office.Kitchens.List(new PageRequest(100))).Items, listed => listed.Value.Commission == rates);

        Assert.Equal(
            "setting-out-of-range",
            CodeOf(await office.Kitchens.SetCommission(kitchen.Id, new CommissionRates(App: 10_001))));
        Assert.Equal("not-found", CodeOf(await office.Kitchens.SetCommission(Guid.NewGuid(), rates)));
    }

    [Fact]
    public async Task The_menu_keeps_its_order_and_takes_each_name_once()
    {
        foreach (var name in new[] { "Wali maharage", "Chai", "Pilau" })
            Done(await office.Menus.Add(kitchen.Id, Pilau with { Name = name }, null));

        Assert.Equal("name-taken", CodeOf(await office.Menus.Add(kitchen.Id, Pilau with { Name = "CHAI" }, null)));
        var items = await office.Menus.Items(kitchen.Id);
        Assert.Equal(["Wali maharage", "Chai", "Pilau"], items.Select(item => item.Name));
        var renamed = new MenuItemChange(Name: "chai");
        Assert.Equal("name-taken", CodeOf(await office.Menus.Change(kitchen.Id, items[2].Id, renamed)));
    }

    [Fact]
    public async Task Another_kitchens_things_are_not_there()
    {
        var other = await office.Kitchen("Baba Lishe");
        var pilau = Done(await office.Menus.Add(kitchen.Id, Pilau, null));
        var method = Done(await office.Menus.Add(kitchen.Id, new NewPaymentMethod("Lipa Voda", "VODACOM"), null));
        var member = await office.Member(kitchen.Id);
        var device = await office.Device(kitchen.Id);
        var customer = Done(await office.Customers.Add(kitchen.Id, new NewCustomer("Fatuma", "+255712000001"), null));
        var topUp = new TopUp(PaymentMethod.Cash, new Money(1_000));
        var by = new Caller(CallerKind.Staff, member.Id, other.Id, device.Device.Id);

        Assert.Equal("not-found", CodeOf(await office.Menus.Change(other.Id, pilau.Id, new MenuItemChange("X"))));
        Assert.Equal("not-found", CodeOf(await office.Menus.Change(other.Id, method.Id, new PaymentMethodChange("X"))));
        Assert.Equal("not-found", CodeOf(await office.Staff.Change(other.Id, member.Id, new StaffChange("X"))));
        Assert.Equal("not-found", CodeOf(await office.Staff.ResetPin(other.Id, member.Id, "4321")));
        Assert.Equal("not-found", CodeOf(await office.Devices.Revoke(other.Id, device.Device.Id)));
        Assert.Equal("not-found", CodeOf(await office.Customers.Find(other.Id, customer.Customer.Id)));
        Assert.Equal("not-found", CodeOf(await office.Customers.TopUp(other.Id, customer.Customer.Id, topUp, by, null)));
        Assert.Equal("not-found", CodeOf(
            await office.Customers.Movements(other.Id, customer.Customer.Id, new PageRequest(10))));
    }

    [Fact]
    public async Task An_operation_is_done_once_and_answered_alike()
    {
        var operation = new Operation(
            Guid.Parse("0192aaaa-0000-8000-8000-000000000001"), Guid.Parse("0192aaaa-0000-8000-8000-000000000002"));
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => office.Menus.Add(kitchen.Id, Pilau, operation)));

        Assert.Single(answers.Select(Done).Distinct());
        Assert.Single(answers, answer => answer is Reply<MenuItem>.Accepted { Replayed: false });
        Assert.Single(await office.Menus.Items(kitchen.Id));

        var other = operation with { Fingerprint = operation.Id };
        Assert.Equal("idempotency-key-reused", CodeOf(await office.Menus.Add(kitchen.Id, Pilau, other)));
    }

    [Fact]
    public async Task A_refused_operation_may_be_tried_again()
    {
        var operation = new Operation(
            Guid.Parse("0192aaaa-0000-8000-8000-000000000003"), Guid.Parse("0192aaaa-0000-8000-8000-000000000004"));
        var pilau = Done(await office.Menus.Add(kitchen.Id, Pilau, null));
        Assert.Equal("name-taken", CodeOf(await office.Menus.Add(kitchen.Id, Pilau, operation)));

        Done(await office.Menus.Change(kitchen.Id, pilau.Id, new MenuItemChange(Name: "Pilau ya zamani")));
        Assert.Equal("Pilau", Done(await office.Menus.Add(kitchen.Id, Pilau, operation)).Name);
    }

    [Fact]
    public async Task Lists_go_forth_and_back_page_by_page()
    {
        for (var number = 1; number <= 5; number++)
        {
            office.Clock.Advance(TimeSpan.FromMinutes(1));
            var customer = new NewCustomer($"Customer {number}", $"+25571200000{number}");
            Done(await office.Customers.Add(kitchen.Id, customer, null));
        }

        var first = await Customers(new PageRequest(2));
        Assert.Equal(["Customer 5", "Customer 4"], Names(first));
        Assert.True(first.HasMore);
        var last = await Customers(new PageRequest(3, After: CursorOf(first.Items[1])));
        Assert.Equal(["Customer 3", "Customer 2", "Customer 1"], Names(last));
        Assert.False(last.HasMore);
        var back = await Customers(new PageRequest(2, Before: CursorOf(last.Items[0])));
        Assert.Equal(["Customer 5", "Customer 4"], Names(back));
        Assert.False(back.HasMore);
    }

    private Task<Page<Stamped<CustomerWallet>>> Customers(PageRequest page) =>
        office.Customers.List(kitchen.Id, phone: null, page);

    private static Cursor CursorOf(Stamped<CustomerWallet> item) => new(item.CreatedAt, item.Value.Customer.Id);

    private static IEnumerable<string> Names(Page<Stamped<CustomerWallet>> page) =>
        page.Items.Select(item => item.Value.Customer.Name);
}
