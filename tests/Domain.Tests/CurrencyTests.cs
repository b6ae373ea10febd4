using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Tests.Orders;
using JikoXpress.Domain.Tests.Payments;

namespace JikoXpress.Domain.Tests;

public sealed class CurrencyTests
{
    private static readonly Kitchen Nairobi = MamaNtilie with
    {
        Settings = KitchenSettings.Default with { Currency = Currency.Kes, Country = Country.Ke },
    };

    private static readonly SessionFacts InKenya = Facts with { Kitchen = Nairobi };

    /// <summary>ISO 4217, but shillings of Tanzania, whose cents nobody uses.</summary>
    [Theory]
    [InlineData(Currency.Tzs, 0, "TZ")]
    [InlineData(Currency.Cdf, 2, "CD")]
    [InlineData(Currency.Ghs, 2, "GH")]
    [InlineData(Currency.Kes, 2, "KE")]
    [InlineData(Currency.Mwk, 2, "MW")]
    [InlineData(Currency.Mzn, 2, "MZ")]
    [InlineData(Currency.Ngn, 2, "NG")]
    [InlineData(Currency.Rwf, 0, "RW")]
    [InlineData(Currency.Sle, 2, "SL")]
    [InlineData(Currency.Ugx, 0, "UG")]
    [InlineData(Currency.Usd, 2, null)]
    [InlineData(Currency.Xaf, 0, null)]
    [InlineData(Currency.Xof, 0, null)]
    [InlineData(Currency.Zmw, 2, "ZM")]
    public void Each_has_its_digits_and_its_country(Currency currency, int digits, string? home)
    {
        Assert.Equal(digits, currency.Digits);
        Assert.Equal(home, currency.Home?.WireName);
        Assert.NotEmpty(currency.Countries);
        Assert.Equal(currency is Currency.Tzs, currency.UnlessUsual is null);
    }

    [Fact]
    public void Each_country_takes_its_own_money_and_dollars_and_no_other()
    {
        Assert.All(Enum.GetValues<Country>(), country => Assert.Equal(
            [.. ((Currency[])[country.OwnCurrency, Currency.Usd]).Order()],
            Enum.GetValues<Currency>().Where(currency => country.Takes(currency))));
        Assert.Equal(["BF", "BJ", "CI", "SN"], Currency.Xof.Countries.Select(country => country.WireName));
        Assert.Equal(
            Enum.GetValues<Country>().Length, Enum.GetValues<Country>().Select(country => country.CallingCode).Distinct().Count());
    }

    [Theory]
    [InlineData(Currency.Usd, 1_250, "12.50")]
    [InlineData(Currency.Usd, 5, "0.05")]
    [InlineData(Currency.Usd, -1_205, "-12.05")]
    [InlineData(Currency.Kes, 1_000_000_000_000, "10000000000.00")]
    [InlineData(Currency.Tzs, 5_000, "5000")]
    [InlineData(Currency.Xof, 0, "0")]
    public void Is_written_with_the_digits_of_the_currency(Currency currency, long units, string text)
    {
        Assert.Equal(text, currency.Text(new Money(units)));
        Assert.Equal($"{text} {currency.WireName}", currency.Say(new Money(units)));
    }

    [Theory]
    [InlineData(Currency.Usd, "12.50", 1_250L)]
    [InlineData(Currency.Usd, "12.5", 1_250L)]
    [InlineData(Currency.Usd, "12", 1_200L)]
    [InlineData(Currency.Usd, "12.5000", 1_250L)]
    [InlineData(Currency.Usd, "0.05", 5L)]
    [InlineData(Currency.Usd, "10000000000.00", 1_000_000_000_000L)]
    [InlineData(Currency.Usd, "10000000000.01", null)]
    [InlineData(Currency.Usd, "12.505", null)]
    [InlineData(Currency.Usd, "12.", null)]
    [InlineData(Currency.Usd, ".50", null)]
    [InlineData(Currency.Usd, "12.5.0", null)]
    [InlineData(Currency.Usd, "12,50", null)]
    [InlineData(Currency.Usd, "-12.50", null)]
    [InlineData(Currency.Usd, "1e3", null)]
    [InlineData(Currency.Usd, "", null)]
    [InlineData(Currency.Tzs, "18500", 18_500L)]
    [InlineData(Currency.Tzs, "18500.00", 18_500L)]
    [InlineData(Currency.Tzs, "18500.5", null)]
    [InlineData(Currency.Tzs, "999999999999999999999999", null)]
    public void Is_read_as_others_write_it(Currency currency, string text, long? units) =>
        Assert.Equal(units, currency.Read(text)?.Shillings);

    [Theory]
    [InlineData("+255754000001", "TZ")]
    [InlineData("+254712345001", "KE")]
    [InlineData("+243812345001", "CD")]
    [InlineData("+2250712345678", "CI")]
    [InlineData("+24177123456", "GA")]
    [InlineData("+255222000001", null)]
    [InlineData("+12125550100", null)]
    [InlineData("+254", null)]
    [InlineData("254712345001", null)]
    [InlineData("+25471234500x", null)]
    [InlineData("+2547123450012345", null)]
    [InlineData("", null)]
    public void A_phone_is_of_the_country_whose_code_it_has(string phone, string? country)
    {
        Assert.Equal(country, PhoneNumber.CountryOf(phone)?.WireName);
        Assert.Equal(country is not null, PhoneNumber.IsMobile(phone));
    }

    [Fact]
    public void A_kitchen_is_where_its_currency_is_taken()
    {
        var usual = new Kitchen(Guid.Empty, "", false, KitchenSettings.Default);
        var kenyan = new KitchenChange(Currency: Currency.Kes).Of(usual).Settings;
        Assert.Equal((Currency.Kes, Country.Ke), (kenyan.Currency, kenyan.Country));
        Assert.Equal(
            (Currency.Kes, Country.Ke),
            (new KitchenChange(Name: "Chips").Of(Nairobi).Settings.Currency, Nairobi.Settings.Country));
        Assert.Empty(KitchenRules.Broken(new NewKitchen("Nyama", false, kenyan)));

        var dakar = KitchenSettings.Default with { Currency = Currency.Xof };
        var refusal = Assert.Single(KitchenRules.Broken(new NewKitchen("Yassa", false, dakar)));
        Assert.Equal(("setting-out-of-range", "/settings/country"), (refusal.Code, refusal.Pointer));
        Assert.Equal("XOF is taken in BF, BJ, CI, SN: say where the kitchen is.", refusal.Sentence);
        Assert.Empty(KitchenRules.Broken(new NewKitchen("Yassa", false, dakar with { Country = Country.Sn })));
        Assert.Empty(KitchenRules.Broken(
            new NewKitchen("Hotel", false, KitchenSettings.Default with { Currency = Currency.Usd })));
    }

    [Fact]
    public void A_session_a_bill_and_an_order_are_in_the_kitchens_currency()
    {
        var command = PayNow(Cash(8_000));
        var quote = SessionQuotes.Price(command, InKenya).Quote;
        var ids = new OpeningIds(SessionId, OrderId, [Id(300)], 1, new DateOnly(2026, 3, 12), "7ZQ4K9XB2M0TD");
        var opened = (Session.Opened)((Decision<Session>.Commit)Session.Initial.Open(
            command, quote, Nairobi, ids, Noon)).Next;

        Assert.Equal((Currency.Kes, Currency.Kes), (quote.Currency, opened.Opening.Currency));
        Assert.Equal(
            Currency.Kes,
            opened.Opening.OrderOf(OrderId, SessionId, Noon, OrderStatus.Placed, OrderPaymentState.Paid).Currency);
        var round = Rounds.OrderAt(InKenya, new LineRequest(Pilau.Id, 1));
        Assert.Equal((Currency.Kes, Currency.Kes), (round.Bill.Opening.Currency, round.Session.Opening.Currency));
        Assert.Equal(Currency.Tzs, Rounds.Opened.Bill.Opening.Currency);
        var json = StateJson.Write<Session>(opened);
        Assert.Contains("\"currency\":\"KES\"", json, StringComparison.Ordinal);
        Assert.Equal(Currency.Kes, ((Session.Opened)StateJson.Read<Session>(json)).Opening.Currency);
    }

    [Fact]
    public void What_was_stored_before_there_were_others_is_in_shillings()
    {
        var usual = (Session.Opened)Open(PayNow(Cash(8_000))).Next();

        var json = StateJson.Write<Session>(usual);

        Assert.DoesNotContain("currency", json, StringComparison.Ordinal);
        Assert.Equal(Currency.Tzs, ((Session.Opened)StateJson.Read<Session>(json)).Opening.Currency);
    }

    [Fact]
    public void The_currency_and_the_country_say_what_cannot_pay()
    {
        Assert.Equal(
            ("payment-method-not-allowed", "/payments/0/paymentMethod"),
            Refused(PayNow(AppWallet(8_000)) with { Channel = Channel.Pos }, InKenya));
        Assert.Equal(
            ("phone-invalid", "/payments/0/phoneNumber"), Refused(PayNow(Mobile(8_000, "+255700000000")), InKenya));
        Assert.Empty(SessionQuotes.Price(PayNow(Mobile(8_000, "+254712345001")), InKenya).Refusals);

        var untaken = InKenya with { TakesMobileMoney = false, MobileMoneyIn = [Currency.Tzs, Currency.Ugx] };
        var refusal = Assert.Single(
            SessionQuotes.Price(PayNow(Mobile(8_000, "+254712345001")), untaken).Refusals);
        Assert.Equal("mobile-money-unavailable", refusal.Code);
        Assert.Equal(
            "No account at an aggregator takes KES from phones of KE; the accounts here take TZS, UGX.",
            refusal.Sentence);

        static (string, string) Refused(OpenSession command, SessionFacts facts)
        {
            var refusal = SessionQuotes.Price(command, facts).Refusals[0];
            return (refusal.Code, refusal.Pointer);
        }
    }

    [Theory]
    [InlineData("KES", Currency.Kes, true)]
    [InlineData("TZS", Currency.Kes, false)]
    [InlineData("KES", Currency.Tzs, false)]
    [InlineData(null, Currency.Kes, false)]
    public void A_report_counts_in_the_sessions_currency_only(string? said, Currency currency, bool counts)
    {
        var ringing = Assert.IsType<Session.Pending>(Phones.Ringing(Mobile(8_000)));
        var session = ringing with
        {
            Opening = ringing.Opening with { OtherCurrency = currency.UnlessUsual },
        };
        var report = Phones.Says(PaymentOutcome.Succeeded, 8_000, proof: Proof.Signed) with { Currency = said };

        var decision = session.Hears(report);

        Assert.Equal(counts, decision is Decision<Session>.Commit { Next: Session.Confirmed });
        Assert.Equal(!counts, decision is Decision<Session>.Unchanged);

        // Other money for the same reference is counted in the same currency.
        var paid = Assert.IsType<Session.Confirmed>(
            session.Hears(report with { Currency = currency.WireName }).Next());
        Assert.Equal(
            counts,
            paid.Hears(report with { ProviderReference = "SIM-2" }) is Decision<Session>.Commit);
    }

    [Fact]
    public void A_push_rings_phones_of_the_kitchens_country_only()
    {
        var silent = (Session.Opened)Open(PayNow(Mobile(8_000))).Next();
        var ring = new InitiatePayment(Cashier, silent.Payments[0].Id, "+254712345001");

        var decision = silent.Initiate(ring, new Pushes("simulator", [new PushId(Id(9), "JX")]), Noon);

        Assert.Equal("phone-invalid", decision.Code());
    }

    [Fact]
    public void A_cart_has_one_currency()
    {
        var chapati = new MenuItem(Id(61), "Chapati", new Money(3_000), "Bread", Available: true);
        var usual = Cart.Initial.Put(new PutCartItem(Pilau.Id, 1), new KnownDish(MamaNtilie, Pilau)).Next();
        var kenyan = Cart.Initial
            .Put(new PutCartItem(chapati.Id, 1), new KnownDish(Nairobi with { Id = Id(60) }, chapati)).Next();

        Assert.Equal((Currency.Tzs, Currency.Kes), (usual.Currency, kenyan.Currency));
        Assert.Equal(
            "currency-mismatch",
            usual.Put(new PutCartItem(chapati.Id, 1), new KnownDish(Nairobi with { Id = Id(60) }, chapati)).Code());
        Assert.Equal(
            "currency-mismatch", kenyan.Put(new PutCartItem(Pilau.Id, 1), new KnownDish(MamaNtilie, Pilau)).Code());
        Assert.Equal(kenyan, StateJson.Read<Cart>(StateJson.Write(kenyan)));
    }
}
