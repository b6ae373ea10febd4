using System.Text.Json;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Payments.Tests.Samples;

namespace JikoXpress.Payments.Tests;

/// <summary>The currencies and countries of pawaPay, over HTTP.</summary>
public sealed class PawaPayCurrencyTests
{
    private static readonly CancellationToken Patient = CancellationToken.None;

    [Theory]
    [InlineData(Currency.Usd, "+243812345001", 1_250, "12.50", "VODACOM_MPESA_COD", "10.00")]
    [InlineData(Currency.Kes, "+254712345001", 12_000, "120", "MPESA_KEN", "10")]
    [InlineData(Currency.Zmw, "+260971234001", 12_345, "123.45", "MTN_MOMO_ZMB", "10.00")]
    [InlineData(Currency.Rwf, "+250788345001", 3_500, "3500", "MTN_MOMO_RWA", "1000")]
    [InlineData(Currency.Tzs, "+255754000001", 18_500, "18500", "VODACOM_TZA", "1000")]
    public async Task Push_webhook_query_and_refund(
        Currency currency, string phone, long units, string said, string network, string back)
    {
        await using var vendor = await Vendor.Open("pawapay");
        var amount = new Money(units);

        await vendor.Adapter.Push(new PushRequest(Reference, phone, amount, currency), Patient);
        var pushed = JsonElement.Parse(vendor.BodyOf("/pawapay/v2/deposits"));
        Assert.Equal(
            (said, currency.WireName, network),
            (pushed.GetProperty("amount").GetString(), pushed.GetProperty("currency").GetString(),
                pushed.GetProperty("payer").GetProperty("accountDetails").GetProperty("provider").GetString()));

        var webhook = await vendor.Told();
        await vendor.Adapter.RefreshKeys(Patient);
        Assert.IsType<WebhookReading.Genuine>(vendor.Adapter.Read(webhook, vendor.Clock.GetUtcNow()));
        var heard = vendor.Adapter.Recall(webhook.Body.Span)!;
        var asked = await vendor.Adapter.Query(new StatusQuery(Reference), Patient);
        Assert.All(
            [heard, asked],
            report => Assert.Equal(
                (PaymentOutcome.Succeeded, amount, currency.WireName, phone),
                (report.Outcome, report.Amount, report.Currency, report.PaidBy)));
        Assert.Equal(units, vendor.Aggregator.Ledger.Single().Amount);

        await vendor.Adapter.Refund(
            new RefundRequest(PaymentReference.OfRefund(Reference, 2), Reference, phone, new Money(1_000), currency),
            Patient);
        var refunded = JsonElement.Parse(vendor.BodyOf("/pawapay/v2/refunds"));
        Assert.Equal(
            (back, currency.WireName),
            (refunded.GetProperty("amount").GetString(), refunded.GetProperty("currency").GetString()));
        Assert.Equal(-1_000, vendor.Aggregator.Ledger[^1].Amount);
    }

    [Theory]
    [InlineData("predict-provider", RefundOutcome.Unknown)]
    [InlineData(null, RefundOutcome.Paid)]
    public async Task Whose_network_nobody_names_is_paid_later(string? down, RefundOutcome outcome)
    {
        await using var vendor = await Vendor.Open("pawapay");
        var payout = new RefundRequest(
            "TJ000000000000000001", Reference, "+254712345001", new Money(1_000), Currency.Kes, IsPayout: true);
        vendor.Refused = down;

        await vendor.Adapter.Refund(payout, Patient);

        Assert.Equal(outcome, await vendor.Adapter.Refund(payout, Patient));
        Assert.Equal(outcome is RefundOutcome.Paid, vendor.Asked.Any(each => each == "POST /pawapay/v2/payouts"));
    }

    [Theory]
    [InlineData(Currency.Kes, 12_001, "The aggregator takes whole amounts of KES only.")]
    [InlineData(Currency.Kes, 12_000, null)]
    [InlineData(Currency.Usd, 1, null)]
    [InlineData(Currency.Usd, 0, "The aggregator takes no less than 0.01 USD.")]
    public async Task What_no_network_takes_is_not_sent(Currency currency, long units, string? refusal)
    {
        await using var vendor = await Vendor.Open("pawapay");

        Assert.Equal(
            refusal,
            vendor.Adapter.Terms.Refusal(new PushRequest(Reference, "+254712345001", new Money(units), currency)));
    }

    [Theory]
    [InlineData("pawapay", Currency.Tzs, Country.Tz, true)]
    [InlineData("pawapay", Currency.Kes, Country.Ke, true)]
    [InlineData("pawapay", Currency.Xof, Country.Sn, true)]
    [InlineData("pawapay", Currency.Usd, Country.Cd, true)]
    [InlineData("pawapay", Currency.Usd, Country.Tz, false)]
    [InlineData("pawapay", Currency.Kes, Country.Ug, false)]
    [InlineData("clickpesa", Currency.Tzs, Country.Tz, true)]
    [InlineData("clickpesa", Currency.Kes, Country.Ke, false)]
    [InlineData("azampay", Currency.Usd, Country.Tz, false)]
    [InlineData("snippe", Currency.Tzs, Country.Tz, true)]
    public async Task An_account_is_for_kitchens_whose_money_it_takes(
        string aggregator, Currency currency, Country country, bool takes)
    {
        await using var vendor = await Vendor.Open(aggregator);
        var aggregators = new Aggregators([vendor.Adapter], vendor.Clock);
        var kitchen = new Kitchen(
            Guid.NewGuid(), "Nyama", vendor.Adapter.LiveMode,
            KitchenSettings.Default with { Currency = currency, Country = country });

        Assert.Equal(takes ? aggregator : null, await aggregators.AccountFor(kitchen, own: null, isForPush: true));
        Assert.Null(await aggregators.AccountFor(
            kitchen with { LiveMode = !kitchen.LiveMode }, own: null, isForPush: true));
        Assert.Equal(vendor.Adapter.Terms.Currencies.Order(), aggregators.Currencies(kitchen.LiveMode));
        Assert.Empty(aggregators.Currencies(!kitchen.LiveMode));
    }
}
