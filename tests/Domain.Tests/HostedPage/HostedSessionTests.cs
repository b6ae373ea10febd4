using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Domain.Tests.HostedPage.WebShop;

namespace JikoXpress.Domain.Tests.HostedPage;

/// <summary>A web shop's session: opened for an amount, paid on its page, without stock, order or kitchen.</summary>
public sealed class HostedSessionTests
{
    [Fact]
    public void An_amount_waits_for_its_customer_and_moves_nothing()
    {
        var opened = Open(Ask).Commit();
        var session = Assert.IsType<Session.Pending>(opened.Next);

        Assert.Empty(opened.Effects);
        Assert.Equal(new Money(50_000), session.Opening.Total);
        Assert.Empty(session.Opening.Lines);
        Assert.Equal(Noon + TimeSpan.FromHours(24), session.ExpiresAt);
        Assert.Equal(Id(500), Assert.Single(session.Payments).Id);
        Assert.Equal(("open", "requires_payment_method"), Words(session));
        Assert.Equal("CR0123456789ABC", session.Opening.ClientReference);
    }

    [Fact]
    public void Lines_at_the_shops_prices_come_to_the_total()
    {
        var lines = new Sequence<ShopLine>([new("Kanga", new Money(15_000), 2), new("Kofia", new Money(8_000), 1)]);
        var session = (Session.Opened)Open(Ask with { Amount = null, LineItems = lines }).Next();

        Assert.Equal(new Money(38_000), session.Opening.Total);
        Assert.Empty(session.Opening.Lines);
    }

    [Fact]
    public void A_phone_rings_and_its_payment_is_a_sale_without_an_order()
    {
        var ringing = Pay(Open(Ask).Next()).Commit();
        Assert.Equal(("open", "pending"), Words(ringing.Next));
        var push = Assert.Single(ringing.Effects.OfType<Effect.StartAttempt>());
        Assert.Equal(new Asker(SessionId, IsGuest: true), push.AskedBy);
        Assert.Equal(
            [push, new Effect.Publish(MamaNtilie.Id, new KitchenEvent.PaymentStarted(SessionId, Id(500)))],
            ringing.Effects);

        var paid = Report(ringing.Next, PaymentOutcome.Succeeded).Commit();
        var sale = Assert.IsType<Session.Confirmed>(paid.Next);
        Assert.Null(sale.OrderId);
        Assert.Equal(("complete", "succeeded"), Words(sale));
        Assert.DoesNotContain(paid.Effects, effect => effect is Effect.PlaceOrder);
        Assert.Contains(
            new Effect.Publish(MamaNtilie.Id, new KitchenEvent.SessionConfirmed(SessionId, OrderId: null)),
            paid.Effects);
        Assert.Contains(paid.Effects, effect => effect == Moved(
            Id(500), LedgerStep.Pay, PaymentMethod.MobileMoney, new Account(AccountKind.MobileMoney, MamaNtilie.Id),
            new Account(AccountKind.Sales, MamaNtilie.Id), 50_000));
    }

    [Fact]
    public void The_till_takes_no_rest_of_what_fell_short()
    {
        var tooLittle = Pay(Open(Ask).Next()).Next().Report(
            new PaymentReport(
                Reference(1), PaymentOutcome.Succeeded, Proof.Signed, new Money(49_000), "TZS", "SIM-1"), OrderId,
            LateMoney.GoesBack, Noon + 6.Minutes).Next();

        var taken = tooLittle.ResolveSuspense(
            new ResolveSuspense(Cashier, Reference(1), SuspenseDecision.TakeRest, Payments: [Cash(1_000)]),
            customer: null, Facts, new PaymentIds(OrderId, Ids(330)), Noon + 8.Minutes);

        Assert.Equal("session-of-shop", taken.Code());
    }

    [Fact]
    public void After_a_no_the_customer_tries_again()
    {
        var declined = Report(Pay(Open(Ask).Next()).Next(), PaymentOutcome.Failed).Commit();
        Assert.Contains(
            new Effect.Publish(MamaNtilie.Id, new KitchenEvent.PaymentFailed(SessionId, Id(500), "Wrong PIN")),
            declined.Effects);
        var refused = declined.Next;
        Assert.Equal(("open", "failed"), Words(refused));
        Assert.Equal("Wrong PIN", ((Session.Opened)refused).HostedFailureReason);

        var again = Pay(refused, at: Noon + 2.Minutes, push: 2).Next();
        Assert.Equal(("open", "pending"), Words(again));
        Assert.IsType<Session.Confirmed>(Report(again, PaymentOutcome.Succeeded, push: 2).Next());
    }

    [Fact]
    public void A_silent_network_locks_the_page_for_as_long_as_a_payment_may_take()
    {
        var ringing = Pay(Open(Ask).Next()).Next();
        Assert.Equal("payment-in-progress", Pay(ringing, at: Noon + 4.Minutes + 59.Seconds, push: 2).Code());

        var twice = Pay(ringing, at: Noon + 5.Minutes, push: 2).Next();
        var paid = Report(twice, PaymentOutcome.Succeeded, push: 2).Next();
        // The first phone pays as well: that money is nobody's sale, and goes back.
        var late = Report(paid, PaymentOutcome.Succeeded).Commit();
        Assert.Contains(late.Effects, effect => effect is Effect.StartRefund);
        Assert.Equal(("complete", "succeeded"), Words(late.Next));
    }

    [Fact]
    public void A_deferred_payment_is_made_when_the_customer_pays()
    {
        var opened = (Session.Opened)Open(Ask with { DeferPayment = true }).Next();
        Assert.Empty(opened.Payments);
        Assert.Equal(("open", "requires_payment_method"), Words(opened));

        Assert.Equal(Id(500), Assert.Single(((Session.Opened)Pay(opened).Next()).Payments).Id);
    }

    [Fact]
    public void Time_and_the_shop_end_it_and_the_page_says_so()
    {
        var session = Open(Ask with { ExpiresInSeconds = 600 }).Next();
        var expired = session.AsOf(Noon + 10.Minutes);
        Assert.Equal(("expired", "cancelled"), Words(expired));
        Assert.Equal("checkout-expired", Pay(expired, at: Noon + 10.Minutes).Code());

        var ended = session.ExpireEarly(new ExpireSession(Shop), Noon + 1.Minutes).Next();
        Assert.Equal(("expired", "cancelled"), Words(ended));
        Assert.Equal("not-found", session.ExpireEarly(
            new ExpireSession(Shop with { Id = Id(72) }), Noon + 1.Minutes).Code());
    }

    [Fact]
    public void Staff_neither_end_it_nor_ring_its_customer()
    {
        var session = Open(Ask).Next();

        Assert.Equal("session-of-shop", session.Cancel(new CancelSession(Cashier), Noon).Code());
        Assert.Equal("session-of-shop", session.ExpireEarly(new ExpireSession(Cashier), Noon).Code());
        Assert.Equal("session-of-shop", session.Initiate(
            new InitiatePayment(Cashier, Id(500), Phone), Payments.Phones.Pushes, Noon).Code());
        Assert.Equal(("open", "requires_payment_method"), Words(session));
    }

    [Fact]
    public void The_address_of_the_page_is_the_only_key_to_it()
    {
        var session = Open(Ask).Next();
        Assert.Equal("not-found", Pay(session, Paying with { PageKey = "QUJDREVGR0hJSktMTU5PUQ" }).Code());
        Assert.Equal("not-found", Pay(Slip, Paying).Code());
        Assert.Equal("not-found", Pay(Session.Initial, Paying).Code());
    }

    public static TheoryData<string, string, OpenHosted> BrokenOpenings => new()
    {
        { "amount-required", "/amount", Ask with { Amount = null } },
        { "amount-out-of-range", "/amount", Ask with { Amount = Money.Zero } },
        { "amount-not-allowed", "/amount", Ask with { LineItems = [new("Kanga", new Money(1), 1)] } },
        { "items-required", "/lineItems", Ask with { Amount = null, LineItems = [] } },
        {
            "quantity-out-of-range", "/lineItems/0/quantity",
            Ask with { Amount = null, LineItems = [new("Kanga", new Money(1), 1_000)] }
        },
        {
            "amount-out-of-range", "/lineItems",
            Ask with { Amount = null, LineItems = [new("Kanga", Money.Largest, 2)] }
        },
        { "currency-not-supported", "/currency", Ask with { Currency = "XOF" } },
        { "country-not-supported", "/country", Ask with { Country = "SN" } },
        { "mode-not-supported", "/mode", Ask with { Mode = "setup" } },
        { "word-not-known", "/mode", Ask with { Mode = "PAYMENT" } },
        { "word-not-known", "/source", Ask with { Source = "tv" } },
        { "word-not-known", "/submitType", Ask with { SubmitType = "buy" } },
        { "word-not-known", "/paymentMethodTypes/0", Ask with { PaymentMethodTypes = ["ecocash", "mobile_money"] } },
        { "payment-method-not-allowed", "/paymentMethodTypes", Ask with { PaymentMethodTypes = ["card"] } },
        { "payment-method-not-allowed", "/paymentMethodTypes", Ask with { PaymentMethodTypes = [] } },
        { "url-invalid", "/successUrl", Ask with { SuccessUrl = "http://shop.example/" } },
        { "url-invalid", "/cancelUrl", Ask with { CancelUrl = "/cancel" } },
        { "url-invalid", "/callbackUrl", Ask with { CallbackUrl = "https://user:secret@shop.example/" } },
        { "url-invalid", "/successUrl", Ask with { SuccessUrl = $"https://shop.example/{new string('a', 2_048)}" } },
        { "email-invalid", "/customerEmail", Ask with { CustomerEmail = "asha@localhost" } },
        { "phone-invalid", "/customerPhone", Ask with { CustomerPhone = "+254700000000" } },
        {
            "references-differ", "/externalReference",
            Ask with { ClientReferenceId = "order-1", ExternalReference = "order-2" }
        },
        { "too-many-items", "/metadata", Ask with { Metadata = [.. Enumerable.Range(0, 6).Select(Note)] } },
        { "invalid-text", "/metadata", Ask with { Metadata = [new(new string('k', 41), "v")] } },
        { "invalid-text", "/metadata/k", Ask with { Metadata = [new("k", new string('v', 501))] } },
        { "expiry-out-of-range", "/expiresIn", Ask with { ExpiresInSeconds = 59 } },
        { "expiry-out-of-range", "/expiresIn", Ask with { ExpiresInSeconds = 86_401 } },
        { "store-required", "/storeId", Ask with { StoreId = null } },
        {
            "phone-invalid", "/shipping/phoneNumber", Ask with { Shipping = new ShopShipping(PhoneNumber: "0222110000") }
        },
    };

    [Theory, MemberData(nameof(BrokenOpenings))]
    public void An_opening_is_refused(string code, string pointer, OpenHosted command)
    {
        var refusal = Open(command).Refusals().Single(refusal => refusal.Pointer == pointer && refusal.Code == code);
        Assert.Equal(RefusalStage.Rules, refusal.Stage);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(86_400)]
    public void The_limits_of_its_life_are_inside(int seconds) =>
        Open(Ask with { ExpiresInSeconds = seconds }).Commit();

    [Fact]
    public void What_the_documents_print_is_taken() => Open(Ask with
    {
        Currency = "TZS",
        Country = "TZ",
        Mode = "payment",
        PaymentMethodTypes = ["mobile_money", "card"],
        SuccessUrl = "https://yoursite.com/success?session_id={CHECKOUT_SESSION_ID}",
        CancelUrl = "https://yoursite.com/cancel",
        CallbackUrl = "https://yoursite.com/hook",
        CustomerEmail = "customer@example.com",
        CustomerPhone = Phone,
        Source = "ussd",
        SubmitType = "donate",
        ClientReferenceId = "order_123",
        ExternalReference = "order_123",
        Metadata = [.. Enumerable.Range(0, 5).Select(Note)],
    }).Commit();

    public static TheoryData<string, string, PayHosted> BrokenPayments => new()
    {
        { "payment-method-not-allowed", "/paymentMethod/type", Paying with { Method = "card" } },
        { "word-not-known", "/paymentMethod/type", Paying with { Method = "cash" } },
        { "phone-invalid", "/paymentMethod/mobileMoney/phoneNumber", Paying with { PhoneNumber = "0222110000" } },
        { "customer-phone-required", "/paymentMethod/mobileMoney/phoneNumber", Paying with { PhoneNumber = null } },
        { "country-not-supported", "/paymentMethod/mobileMoney/country", Paying with { Country = "KE" } },
        { "word-not-known", "/paymentMethod/mobileMoney/preferredFlow", Paying with { PreferredFlow = "qr" } },
        { "amount-not-allowed", "/collected/amount", Paying with { Amount = new Money(49_999) } },
        { "url-invalid", "/returnUrl", Paying with { ReturnUrl = "javascript:alert(1)" } },
        {
            "email-invalid", "/collected/customerDetails/email",
            Paying with { Collected = new CollectedDetails(Email: "asha") }
        },
        {
            "too-many-items", "/collected/customFields",
            Paying with { Collected = new CollectedDetails(CustomFields: [.. Enumerable.Range(0, 6).Select(Note)]) }
        },
    };

    [Theory, MemberData(nameof(BrokenPayments))]
    public void A_payment_is_refused(string code, string pointer, PayHosted command) =>
        Assert.Contains(
            Pay(Open(Ask).Next(), command).Refusals(), refusal => (refusal.Code, refusal.Pointer) == (code, pointer));

    [Fact]
    public void What_is_paid_is_not_paid_again() => Assert.Equal(
        "already-confirmed",
        Pay(Report(Pay(Open(Ask).Next()).Next(), PaymentOutcome.Succeeded).Next(), at: Noon + 9.Minutes, push: 2).Code());

    [Fact]
    public void A_shop_is_paid_by_phone_or_not_at_all()
    {
        var facts = Facts with { TakesMobileMoney = false };
        Assert.Equal("mobile-money-unavailable", Session.Initial.OpenHosted(Ask, facts, ShopIds, Noon).Code());
        Assert.Equal(
            "mobile-money-unavailable", Open(Ask).Next().PayHosted(Paying, MamaNtilie, pushes: null, Noon).Code());
    }

    [Fact]
    public void A_repeated_request_is_done_once()
    {
        var session = Open(Ask with { Operation = Op(1) }).Next();
        Assert.IsType<Decision<Session>.Replay>(
            session.OpenHosted(Ask with { Operation = Op(1) }, Facts, ShopIds, Noon));
        var ringing = Pay(session, Paying with { Operation = Op(2) }).Next();
        Assert.IsType<Decision<Session>.Replay>(Pay(ringing, Paying with { Operation = Op(2) }, push: 2));
    }

    [Fact]
    public void Its_state_is_read_as_it_was_written()
    {
        var session = Open(Ask with
        {
            Amount = null,
            LineItems = [new("Kanga", new Money(15_000), 2, "Blue")],
            Shipping = new ShopShipping("Asha", Phone, "Boda", GreenGate),
            Metadata = [Note(1)],
        }).Next();
        var paying = Pay(session, Paying with { Collected = new CollectedDetails("Asha", CustomFields: [Note(2)]) }).Next();

        Assert.Equal(paying, StateJson.Read<Session>(StateJson.Write(paying)));
    }

    private static (string, string) Words(Session session) =>
        (((Session.Opened)session).HostedStatus, ((Session.Opened)session).HostedPaymentStatus);
}
