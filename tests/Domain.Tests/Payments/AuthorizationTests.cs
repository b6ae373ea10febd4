using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Tests.Payments;

/// <summary>A code that an app user shows at the till.</summary>
public sealed class AuthorizationTests
{
    private static readonly WalletAuthorization Good = new(Id(500), Neema.Id, new Money(8_000));

    [Fact]
    public void With_a_code_the_wallet_pays_at_once_and_the_code_is_spent_with_it()
    {
        var paid = Open(PayNow(Shown(8_000, Good))).Commit();

        Assert.Equal([PaymentStatus.Paid], Assert.IsType<Session.Confirmed>(paid.Next).PaymentStatuses);
        Assert.Contains(new Effect.SpendAuthorization(Id(500), Id(300)), paid.Effects);
        Assert.Equal(8_000, paid.Effects.Balance(AccountKind.PlatformWallet));
    }

    [Fact]
    public void With_a_phone_missing_the_wallet_is_held_and_the_code_is_spent()
    {
        var split = Open(PayNow(Shown(5_000, Good), Mobile(3_000))).Commit();

        Assert.Equal([PaymentStatus.Held, PaymentStatus.Pending], split.Next.PaymentStatuses);
        Assert.Single(split.Effects.OfType<Effect.SpendAuthorization>());
    }

    [Fact]
    public void A_slip_is_paid_with_it_too()
    {
        var paid = Pay(Slip, PaySlip(Shown(8_000, Good)), Noon + 1.Minutes).Commit();

        Assert.IsType<Session.Confirmed>(paid.Next);
        Assert.Single(paid.Effects.OfType<Effect.SpendAuthorization>());
    }

    [Fact]
    public void A_slip_that_waits_for_a_phone_beside_it_has_spent_the_code()
    {
        var paying = Pay(Slip, PaySlip(Shown(5_000, Good), Mobile(3_000)), Noon + 1.Minutes).Commit();

        Assert.Equal([PaymentStatus.Held, PaymentStatus.Pending], paying.Next.PaymentStatuses);
        Assert.Equal(
            new Effect.SpendAuthorization(Id(500), Id(320)),
            Assert.Single(paying.Effects.OfType<Effect.SpendAuthorization>()));
    }

    [Fact]
    public void What_is_wrong_with_a_code_is_not_told()
    {
        Assert.Equal("wallet-authorization-invalid", Code(Shown(8_000, authorized: null)));
        Assert.Equal("wallet-authorization-invalid", Code(Shown(8_000, Good with { Limit = new Money(7_999) })));
        Assert.Equal("wallet-authorization-invalid", Code(Shown(4_000, Good), Shown(4_000, Good)));
        Assert.Null(Code(Shown(8_000, Good with { Limit = null })));
    }

    [Fact]
    public void Nothing_else_takes_a_code() =>
        Assert.Equal("wallet-authorization-not-allowed", Code(Cash(8_000) with { WalletAuthorization = "0123ABCD" }));

    private static PaymentRequest Shown(long amount, WalletAuthorization? authorized) =>
        AppWallet(amount) with { WalletAuthorization = "0123ABCD", Authorized = authorized };

    private static string? Code(params PaymentRequest[] payments) =>
        SessionQuotes.Price(PayNow(payments), Facts).Refusals is [var first, ..] ? first.Code : null;
}
