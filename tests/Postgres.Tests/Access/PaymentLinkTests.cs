using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Merchants;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Testing;

namespace JikoXpress.Postgres.Tests.Access;

/// <summary>Payment links, and the places of their sessions, as the rows keep them.</summary>
public sealed class PaymentLinkTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private readonly Office office = new(database);
    private Kitchen store = null!;
    private Merchant shop = null!;

    public async ValueTask InitializeAsync()
    {
        store = await office.Kitchen();
        shop = Office.Done(await office.Merchants.Add(new MerchantPlan("Duka", [store.Id])));
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task A_link_comes_back_as_it_was_made()
    {
        var terms = new LinkTerms(
            LineItems: [new LinkLine("Ticket", new Money(10_000), 1, null, 1, 4)], Description: "Concert",
            CustomFields: [new CustomField("size", "Size", "dropdown", Required: true, ["S", "M"])], MostPayments: 3);
        var made = Office.Done(await office.Links.Add(Make(terms)));
        Assert.Equal((store.Id, "TZS", 22), (made.StoreId, made.Currency, made.Key.Length));
        Assert.Equal(made, await office.Links.Find(made.Id));
        Assert.Null(await office.Links.Find(store.Id));

        Assert.Equal("not-found", Office.CodeOf(
            await office.Links.Change(store.Id, made.Id, new ChangePaymentLink(Active: false))));
        var changed = Office.Done(await office.Links.Change(
            shop.Id, made.Id, new ChangePaymentLink(Active: false, Description: "Sold out")));
        Assert.Equal(made.With(new ChangePaymentLink(false, "Sold out")), changed);
        Assert.Equal(changed, await office.Links.Find(made.Id));
        Assert.Equal(1, await database.Ask<long>($"""
            SELECT count(*) FROM jiko.audit WHERE object_id = '{made.Id}' AND action = 'payment-link.changed'
            """));
        Assert.Equal(0, await database.Ask<long>($"SELECT count(*) FROM jiko.audit a WHERE a::text LIKE '%{made.Key}%'"));
    }

    [Fact]
    public async Task A_link_is_of_a_store_of_its_merchant_in_its_mode()
    {
        var other = await office.Kitchen("Other");
        Assert.Equal("store-not-found", Office.CodeOf(await office.Links.Add(Make(Plain) with { StoreId = other.Id })));
        Assert.Equal("store-not-found", Office.CodeOf(await office.Links.Add(Make(Plain) with { LiveMode = true })));
        Assert.Equal("amount-required", Office.CodeOf(await office.Links.Add(Make(new LinkTerms()))));
    }

    [Fact]
    public async Task A_request_that_is_repeated_makes_one_link()
    {
        var once = new Operation(Guid.NewGuid(), Guid.NewGuid());
        var first = Office.Done(await office.Links.Add(Make(Plain), once));
        Assert.Equal(first, Office.Done(await office.Links.Add(Make(Plain), once)));
        Assert.Equal([first], (await office.Links.List(shop.Id, active: null, new PageRequest(10))).Items);
        Assert.Empty((await office.Links.List(shop.Id, active: false, new PageRequest(10))).Items);
    }

    [Fact]
    public async Task However_many_sessions_are_opened_at_once_no_place_is_given_out_twice()
    {
        var link = Office.Done(await office.Links.Add(Make(Plain with { MostPayments = 5 })));
        var sessions = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToList();
        var answers = await Task.WhenAll(sessions.Select(session => Refused(Take(link, session))));
        Assert.Equal(5, answers.Count(answer => answer is null));
        Assert.All(answers.Where(answer => answer is not null), answer => Assert.Equal("payment_link_full", answer));
        Assert.Equal(new LinkUse(Open: 5, Paid: 0), (await office.Links.Find(link.Id))!.Use);

        var open = sessions.Zip(answers).Where(pair => pair.Second is null).Select(pair => pair.First).ToList();
        await Become(open[0], "PAID");
        await Become(open[0], "PAID");
        await Become(open[1], "ENDED");
        await Become(open[1], "ENDED");
        Assert.Equal(new LinkUse(Open: 3, Paid: 1), (await office.Links.Find(link.Id))!.Use);
        Assert.Null(await Refused(Take(link, Guid.NewGuid())));
        Assert.Equal("payment_link_full", await Refused(Take(link, Guid.NewGuid())));
    }

    [Fact]
    public async Task A_session_is_opened_before_its_link_is_switched_off_or_not_at_all()
    {
        var link = Office.Done(await office.Links.Add(Make(Plain)));
        Assert.Null(await Refused(Take(link, Guid.NewGuid())));
        await office.Links.Change(shop.Id, link.Id, new ChangePaymentLink(Active: false));
        Assert.Equal("payment_link_closed", await Refused(Take(link, Guid.NewGuid())));
        await office.Links.Change(shop.Id, link.Id, new ChangePaymentLink(Active: true));
        Assert.Null(await Refused(Take(link, Guid.NewGuid())));
    }

    private static LinkTerms Plain { get; } = new(Amount: new Money(5_000));

    private MakePaymentLink Make(LinkTerms terms) => new(shop.Id, LiveMode: false, store.Id, terms);

    private static string Take(PaymentLink link, Guid session) => $"""
        INSERT INTO jiko.payment_link_session (session_id, link_id, state) VALUES ('{session}', '{link.Id}', 'OPEN')
        ON CONFLICT (session_id) DO UPDATE SET state = excluded.state
        """;

    private Task Become(Guid session, string state) => database.Run(
        $"UPDATE jiko.payment_link_session SET state = '{state}' WHERE session_id = '{session}'");

    /// <summary>The name of the constraint that stood against a statement; null when none did.</summary>
    private async Task<string?> Refused(string statement)
    {
        try
        {
            await database.Run(statement);
            return null;
        }
        catch (Npgsql.PostgresException failure)
        {
            return failure.ConstraintName;
        }
    }
}
