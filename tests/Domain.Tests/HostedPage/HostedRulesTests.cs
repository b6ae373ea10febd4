using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Domain.Tests.HostedPage.WebShop;

namespace JikoXpress.Domain.Tests.HostedPage;

/// <summary>What a web shop and its customer may write, to the last letter; and what is made of it.</summary>
public sealed class HostedRulesTests
{
    private static readonly string Broken = new('a', 501);

    public static TheoryData<string, OpenHosted> WrongOpenings => new()
    {
        { "/description", Ask with { Description = Broken } },
        { "/customerPhone", Ask with { CustomerPhone = "0222110000" } },
        { "/clientReferenceId", Ask with { ClientReferenceId = Broken } },
        { "/externalReference", Ask with { ExternalReference = Broken } },
        { "/shipping/name", Ask with { Shipping = new ShopShipping(Broken) } },
        { "/shipping/method", Ask with { Shipping = new ShopShipping(Method: Broken) } },
        { "/shipping/address", Ask with { Shipping = new ShopShipping(Address: GreenGate with { Street = Broken }) } },
        { "/customerEmail", Ask with { CustomerEmail = "asha @shop.example" } },
        { "/customerEmail", Ask with { CustomerEmail = "asha\n@shop.example" } },
        { "/customerEmail", Ask with { CustomerEmail = $"{new string('a', 242)}@shop.example" } },
        { "/successUrl", Ask with { SuccessUrl = $"https://shop.example/{new string('a', 2_028)}" } },
        { "/successUrl", Ask with { SuccessUrl = "https://shop.example/\na" } },
        { "/callbackUrl", Ask with { LiveMode = false, CallbackUrl = "ftp://shop.example/" } },
        { "/paymentMethodTypes", Ask with { PaymentMethodTypes = [] } },
    };

    public static TheoryData<OpenHosted> RightOpenings =>
    [
        .. "pos web mobile ussd".Split(' ').Select(word => Ask with { Source = word }),
        .. "pay donate book".Split(' ').Select(word => Ask with { SubmitType = word }),
        Ask with { Mode = "payment" },
        Ask with { Description = "Two kangas\nand a kofia" },
        Ask with { Description = new string('a', 500) },
        Ask with { Metadata = [new MetadataEntry("note", "a\nb")] },
        Ask with { CustomerEmail = $"{new string('a', 241)}@shop.example" },
        Ask with { SuccessUrl = $"https://shop.example/{new string('a', 2_027)}" },
        Ask with { LiveMode = false, SuccessUrl = "http://localhost:3000/paid" },
        Ask with { PaymentMethodTypes = ["card", "mobile_money"] },
    ];

    public static TheoryData<string, PayHosted> WrongPayments => new()
    {
        { "/paymentMethod/mobileMoney/operator", Paying with { Provider = Broken } },
        { "/collected/amount", Paying with { Amount = Money.Zero } },
        { "/collected/customerDetails/name", Paying with { Collected = new CollectedDetails(Broken) } },
        {
            "/collected/customerDetails/phoneNumber",
            Paying with { Collected = new CollectedDetails(PhoneNumber: "0222110000") }
        },
    };

    [Theory, MemberData(nameof(WrongOpenings))]
    public void What_is_wrong_is_said_where_it_stands(string pointer, OpenHosted command) => Assert.Contains(
        command.Broken(),
        refusal => refusal.Pointer.StartsWith(pointer, StringComparison.Ordinal) && refusal.Sentence.Length > 0);

    [Theory, MemberData(nameof(RightOpenings))]
    public void What_is_within_the_limits_is_taken(OpenHosted command) => Assert.Empty(command.Broken());

    [Theory, MemberData(nameof(WrongPayments))]
    public void What_is_wrong_with_a_payment_is_said_where_it_stands(string pointer, PayHosted command) =>
        Assert.Contains(command.Broken(), refusal => refusal.Pointer == pointer);

    [Theory]
    [InlineData("ussd")]
    [InlineData("ussd_push")]
    public void The_flows_of_the_documents_are_known(string flow) =>
        Assert.Empty((Paying with { PreferredFlow = flow, ReturnUrl = "http://shop.example/back" }).Broken());

    [Theory]
    [InlineData("setup")]
    public void A_mode_that_is_known_and_not_there_is_said_once(string mode) =>
        Assert.Equal(["mode-not-supported"], (Ask with { Mode = mode }).Broken().Select(refusal => refusal.Code));

    [Fact]
    public void A_word_that_is_not_known_is_answered_with_those_that_are()
    {
        Assert.Contains("pos, web, mobile, ussd", Sentence(Ask with { Source = "tv" }), StringComparison.Ordinal);
        Assert.Contains("pay, donate, book", Sentence(Ask with { SubmitType = "buy" }), StringComparison.Ordinal);
        Assert.Contains("payment, subscription, setup", Sentence(Ask with { Mode = "x" }), StringComparison.Ordinal);

        static string Sentence(OpenHosted command) => Assert.Single(command.Broken()).Sentence;
    }

    [Fact]
    public void An_opening_keeps_what_the_shop_wrote()
    {
        var lines = new Sequence<ShopLine>([new("Kanga", new Money(15_000), 2)]);
        var asked = Opening(Ask with { Amount = null, LineItems = lines, SubmitType = "book", ExternalReference = "E-1" });
        Assert.Equal((FulfillmentType.Pickup, "E-1"), (asked.FulfillmentType, asked.ClientReference));
        Assert.Equal((lines, "book"), (asked.Hosted!.LineItems, asked.Hosted.SubmitType));

        var sent = Opening(Ask with { Shipping = new ShopShipping(Address: GreenGate), ClientReferenceId = "C-1" });
        Assert.Equal((FulfillmentType.Delivery, "C-1"), (sent.FulfillmentType, sent.ClientReference));
        Assert.Equal((GreenGate, "pay"), (sent.DeliveryAddress, sent.Hosted!.SubmitType));
        Assert.Empty(sent.Hosted.LineItems);
    }

    [Fact]
    public void A_payment_keeps_what_the_customer_wrote_also_over_a_second_try()
    {
        var collected = new CollectedDetails("Asha");
        var first = Charge(Pay(Open(Ask).Next(), Paying with { Provider = "VODACOM", Collected = collected }));
        Assert.Equal(("VODACOM", collected), (first.Provider, first.Collected));

        var ringing = Pay(Open(Ask).Next(), Paying with { Provider = "VODACOM", Collected = collected }).Next();
        var again = Charge(Pay(ringing, at: Noon + 5.Minutes, push: 2));
        Assert.Equal(("VODACOM", collected, 2), (again.Provider, again.Collected, again.Attempts!.Count));
        var other = Charge(Pay(
            ringing, Paying with { Provider = "AIRTEL", Collected = new CollectedDetails("Juma") }, Noon + 5.Minutes, 2));
        Assert.Equal(("AIRTEL", "Juma"), (other.Provider, other.Collected?.Name));
        var deferred = Charge(Pay(Open(Ask with { DeferPayment = true }).Next()));
        Assert.Single(deferred.Attempts!);
    }

    [Theory]
    [InlineData("EVIL")]
    [InlineData("MTN")]
    [InlineData("-")]
    public void An_operator_that_no_phone_of_Tanzania_has_is_refused_with_those_that_are(string name)
    {
        var refusal = Assert.Single(Pay(Open(Ask).Next(), Paying with { Provider = name }).Refusals());
        Assert.Equal(
            ("network-unknown", "/paymentMethod/mobileMoney/operator"), (refusal.Code, refusal.Pointer));
        Assert.Contains("VODACOM, AIRTEL, TIGO, HALOTEL", refusal.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VODACOM")]
    [InlineData("M-Pesa")]
    [InlineData("Mixx by Yas")]
    [InlineData("airtel")]
    [InlineData("HaloPesa")]
    public void An_operator_may_be_named_as_people_name_it(string name) =>
        Assert.IsType<Decision<Session>.Commit>(Pay(Open(Ask).Next(), Paying with { Provider = name }));

    [Fact]
    public void An_operator_that_cannot_be_a_name_is_refused_once() => Assert.Equal(
        "invalid-text", Assert.Single(Pay(Open(Ask).Next(), Paying with { Provider = Broken }).Refusals()).Code);

    [Fact]
    public void Operators_of_other_countries_are_not_known_and_any_name_is_taken()
    {
        var kigali = MamaNtilie with
        {
            Settings = MamaNtilie.Settings with { Currency = Currency.Rwf, Country = Country.Rw },
        };
        var paying = Paying with { PhoneNumber = null, Provider = "MTN" };
        Assert.Equal(["customer-phone-required"], Open(Ask).Next().PayHosted(paying, kigali, null, Noon).Refusals()
            .Select(refusal => refusal.Code));
    }

    [Fact]
    public void The_customers_own_phone_goes_before_the_shops()
    {
        var session = Open(Ask with { CustomerPhone = "+255754000002" }).Next();

        Assert.Equal("+255754000002", Charge(Pay(session, Paying with { PhoneNumber = null })).Attempts![0].PhoneNumber);
        Assert.Equal(Phone, Charge(Pay(session)).Attempts![0].PhoneNumber);
    }

    [Fact]
    public void It_is_over_at_its_last_moment_and_a_stranger_is_told_of_nothing_but_mistakes()
    {
        var session = Open(Ask with { ExpiresInSeconds = 600 }).Next();
        Assert.IsType<Decision<Session>.Commit>(Pay(session, at: Noon + 9.Minutes + 59.Seconds));

        var wrong = Paying with { PageKey = "QUJDREVGR0hJSktMTU5PUQ", Method = "cash" };
        Assert.Equal("word-not-known", Pay(session, wrong).Code());
    }

    [Fact]
    public void A_shop_hears_why_a_payment_failed_and_only_then()
    {
        var ringing = Pay(Open(Ask).Next()).Next();
        Assert.Null(((Session.Opened)ringing).HostedFailureReason);
        Assert.Equal("Wrong PIN", Declined("Wrong PIN"));
        Assert.Equal("The payment was declined.", Declined(null));

        string? Declined(string? reason) => ((Session.Opened)ringing.Report(
            new PaymentReport(Reference(1), PaymentOutcome.Failed, Proof.Signed, Reason: reason),
            OrderId, LateMoney.GoesBack, Noon + 1.Minutes).Next()).HostedFailureReason;
    }

    private static SessionOpening Opening(OpenHosted command) => ((Session.Opened)Open(command).Next()).Opening;

    private static Payment Charge(Decision<Session> decision) =>
        Assert.Single(((Session.Opened)decision.Next()).Payments);
}
