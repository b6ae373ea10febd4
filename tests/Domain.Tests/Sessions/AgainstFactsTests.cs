using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Tests.Orders;

namespace JikoXpress.Domain.Tests.Sessions;

/// <summary>What an opening breaks beside the menu, the wallets and the bills of a kitchen, and nothing more.</summary>
public sealed class AgainstFactsTests
{
    private static readonly WalletAuthorization Shown = new(Id(500), Neema.Id, Limit: null);

    // What makes a sum meaningless is told alone, without a sum that nobody could mend.
    public static TheoryData<OpenSession, string[]> Alone => new()
    {
        { PayNow(Cash(0)), ["amount-out-of-range"] },
        { PayNow(Cash(7_000), Cash(-1)), ["amount-out-of-range"] },
        { PayNow(Cash(7_000)) with { Items = [new LineRequest(Pilau.Id, 0)] }, ["quantity-out-of-range"] },
        { PayNow(Cash(7_000)) with { Items = [new LineRequest(Pilau.Id, int.MaxValue)] }, ["quantity-out-of-range"] },
        { PayNow(Cash(7_000)) with { Items = [new LineRequest(Id(999), 2)] }, ["menu-item-not-found"] },
        { PayNow(), ["payments-required"] },
        { PayNow([.. Enumerable.Repeat(Cash(1), 11)]), ["too-many-payments"] },
        { AskForSlip with { Payments = [Cash(1)] }, ["payments-not-allowed"] },
        { PayNow(Wallet(0), Wallet(3_001), Cash(1)), ["amount-out-of-range"] },
        { PayNow(Wallet(1_000_000_000_000)), ["insufficient-wallet-balance", "payments-total-mismatch"] },
        { PayNow(Cash(7_999)), ["payments-total-mismatch"] },
    };

    [Theory, MemberData(nameof(Alone))]
    public void What_is_wrong_is_told_and_nothing_that_follows_from_it(OpenSession command, string[] codes) =>
        Assert.Equal(codes, Codes(command));

    [Fact]
    public void What_is_wrong_with_the_payments_of_a_slip_is_told_without_their_sum()
    {
        Assert.Equal(["amount-out-of-range"], Pay(Slip, PaySlip(Cash(0)), Noon).Refusals().Select(no => no.Code));
        Assert.Equal(["payments-required"], Pay(Slip, PaySlip(), Noon).Refusals().Select(no => no.Code));
    }

    [Theory]
    [InlineData(false, "mobile-money-unavailable")]
    [InlineData(true)]
    public void A_kitchen_without_an_aggregator_takes_no_mobile_money(bool takes, params string[] codes)
    {
        var facts = Facts with { TakesMobileMoney = takes };

        Assert.Equal(codes, Codes(PayNow(Cash(3_000), Mobile(5_000)), facts));
        Assert.Empty(Codes(PayNow(Cash(8_000)), facts));
    }

    // The largest amount holds for a bill as a whole.
    [Theory]
    [InlineData(999_999_998_500, true)]
    [InlineData(999_999_998_501, false)]
    public void A_round_takes_its_bill_to_the_largest_amount_and_not_beyond(long bill, bool accepted)
    {
        var round = Rounds.Opened.Bill;
        var owing = round with
        {
            Lines = [round.Lines[1] with { Dish = round.Lines[1].Dish with { UnitPrice = new Money(bill) } }],
        };
        var again = new OpenSession(
            Cashier, SessionType.Tab, Channel.Pos, FulfillmentType.DineIn, [new LineRequest(Chai.Id, 1)],
            Payments: null, TableNumber: "05", BillId: owing.Id);

        var codes = Codes(again, Facts with { Bill = new(owing, 3) });

        Assert.Equal(accepted ? [] : ["amount-out-of-range"], codes);
    }

    [Fact]
    public void Of_several_codes_each_is_used_once()
    {
        var other = Shown with { Id = Id(501) };

        Assert.Empty(Codes(PayNow(By(Shown, 4_000), By(other, 4_000))));
        Assert.Equal(
            [("wallet-authorization-invalid", "/payments/2/walletAuthorization")],
            SessionQuotes.Price(PayNow(By(Shown, 4_000), By(other, 2_000), By(Shown, 2_000)), Facts).Refusals
                .Select(refusal => (refusal.Code, refusal.Pointer)));
        Assert.Empty(Codes(PayNow(AppWallet(4_000), By(Shown, 4_000))));
    }

    [Theory]
    [InlineData(7_999, false)]
    [InlineData(8_000, true)]
    public void A_code_pays_up_to_its_limit(long limit, bool accepted) => Assert.Equal(
        accepted ? [] : ["wallet-authorization-invalid"],
        Codes(PayNow(By(Shown with { Limit = new Money(limit) }, 8_000))));

    [Fact]
    public void In_the_app_the_wallet_is_the_caller_s_own_and_takes_no_code() => Assert.Equal(
        ["wallet-authorization-not-allowed"], Codes(OnTheApp(By(Shown, 8_000))));

    [Fact]
    public void A_kitchen_that_is_not_there_is_told_after_what_is_wrong_with_the_command()
    {
        Assert.Equal([SessionRefusals.KitchenNotFound], SessionQuotes.WithoutKitchen(OnTheApp(AppWallet(8_000))));
        Assert.Equal(
            ["amount-out-of-range"],
            SessionQuotes.WithoutKitchen(OnTheApp(AppWallet(0))).Select(refusal => refusal.Code));
    }

    [Fact]
    public void A_preview_needs_no_payments_and_prices_no_cart()
    {
        Assert.Empty(SessionRules.BrokenPreview(PayNow()));
        Assert.Empty(SessionRules.BrokenPreview(PayNow(Cash(8_000))));
        Assert.Equal(
            ["quantity-out-of-range"],
            SessionRules.BrokenPreview(PayNow() with { Items = [new LineRequest(Pilau.Id, 0)] }).Select(no => no.Code));
        var cart = OnTheApp() with { FromCart = true, Items = null, KitchenId = null };
        Assert.Equal(
            [("items-required", "/fromCart")],
            SessionRules.BrokenPreview(cart).Select(refusal => (refusal.Code, refusal.Pointer)));
        Assert.All(SessionRules.BrokenPreview(cart), refusal => Assert.NotEmpty(refusal.Sentence));
    }

    [Fact]
    public void A_text_that_is_wrong_in_two_ways_says_both() => Assert.Equal(
        [("invalid-text", "/tag"), ("card-data-not-accepted", "/tag")],
        SessionRules.Broken(AskForSlip with { Tag = "4111 1111 1111 1111\u001b" })
            .Select(refusal => (refusal.Code, refusal.Pointer)));

    // Every rule's sentence is there, from its capital letter to its full stop.
    [Theory, MemberData(nameof(OpeningRulesTests.BrokenRules), MemberType = typeof(OpeningRulesTests))]
    public void A_broken_rule_is_told_in_a_sentence(BrokenRule rule) => Assert.All(
        SessionQuotes.Price(rule.WithAllLaterOnes, Facts).Refusals,
        refusal => Assert.Matches("^[A-Z0-9].+\\.$", refusal.Sentence));

    [Fact]
    public void What_is_left_out_of_the_payments_of_a_slip_a_bill_or_a_rest_is_told_in_a_sentence() => Assert.All(
        PaySlip().Broken(), refusal => Assert.Equal("Say how the slip is paid.", refusal.Sentence));

    private static PaymentRequest By(WalletAuthorization code, long amount) =>
        AppWallet(amount) with { WalletAuthorization = "0123ABCD", Authorized = code };

    private static IEnumerable<string> Codes(OpenSession command, SessionFacts? facts = null) =>
        SessionQuotes.Price(command, facts ?? Facts).Refusals.Select(refusal => refusal.Code);
}
