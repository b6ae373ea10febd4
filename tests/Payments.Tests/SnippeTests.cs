using System.Text;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Payments.Vendors.Snippe;
using static JikoXpress.Payments.Tests.Samples;

namespace JikoXpress.Payments.Tests;

/// <summary>Snippe's signature over time and body.</summary>
public sealed class SnippeTests
{
    private const string Key = "demo-webhook-key";

    private const string Body = """{"id":"evt_demo1","type":"payment.completed"}""";

    private static readonly SnippeAdapter Adapter = new(
        new SnippeSettings(
            "snippe", LiveMode: false, new Uri("http://snippe.test"), "key", Key, "token", new Uri("http://jiko.test"),
            "restaurant@example.test"),
        new HttpClient());

    private static readonly DateTimeOffset Signed = DateTimeOffset.FromUnixTimeSeconds(1_788_257_741);

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-60, true)]
    [InlineData(-61, false)]
    public void The_vector_is_genuine_for_five_minutes_and_not_from_the_future(int age, bool isGenuine)
    {
        var hook = Hook(
            Body, ("x-webhook-timestamp", "1788257741"),
            ("X-WEBHOOK-SIGNATURE", "5bf1d918b5afcd7ffea77002389b062471d24a0ccfb6688b21608d06180d60d3"));

        Assert.Equal(
            isGenuine ? new WebhookReading.Genuine("evt_demo1") : new WebhookReading.Unverified(),
            Adapter.Read(hook, Signed.AddSeconds(age)));
    }

    [Theory]
    [InlineData("1788257742", Body)]
    [InlineData("1788257741", """{"id":"evt_demo2","type":"payment.completed"}""")]
    [InlineData("now", Body)]
    public void Time_and_body_are_both_signed(string timestamp, string body) => Assert.IsType<WebhookReading.Unverified>(
        Adapter.Read(
            Hook(
                body, ("X-Webhook-Timestamp", timestamp),
                ("X-Webhook-Signature", "5bf1d918b5afcd7ffea77002389b062471d24a0ccfb6688b21608d06180d60d3")),
            Signed));

    [Fact]
    public void The_gross_amount_counts_and_not_the_net_one()
    {
        const string Paid = """
            {"id":"evt_1","type":"payment.completed","data":{"reference":"0b7e","external_reference":"S2038000000",
            "status":"completed","amount":{"value":18500,"currency":"TZS"},
            "settlement":{"gross":{"value":18500,"currency":"TZS"},"net":{"value":18130,"currency":"TZS"}},
            "customer":{"phone":"255754000111"},"metadata":{"attempt":"JX7K3M9QZ2A4B6C8D0EF"}}}
            """;

        Assert.Equal(
            new PaymentReport(
                Reference, PaymentOutcome.Succeeded, Proof.Signed, new Money(18_500), "TZS", "0b7e", "completed",
                "+255754000111", "S2038000000", AmountSaid: "18500"),
            Adapter.Recall(Paid));
    }

    [Theory]
    [InlineData("voided", PaymentOutcome.Failed)]
    [InlineData("expired", PaymentOutcome.Failed)]
    [InlineData("pending", PaymentOutcome.Pending)]
    [InlineData("on_hold", PaymentOutcome.Unknown)]
    public void Words_are_read_as_they_are_meant(string word, PaymentOutcome outcome) => Assert.Equal(
        outcome,
        Adapter.Recall(
            $$"""{"data":{"status":"{{word}}","metadata":{"attempt":"JX7K3M9QZ2A4B6C8D0EF" } } }""")?.Outcome);

    [Fact]
    public void An_event_about_a_payout_is_answered_and_not_kept()
    {
        const string Payout = """{"id":"evt_2","type":"payout.completed"}""";
        var signature = SnippeAdapter.Sign(Key, "1788257741", Encoding.UTF8.GetBytes(Payout));

        Assert.Equal(
            new WebhookReading.Irrelevant("payout.completed"),
            Adapter.Read(
                Hook(Payout, ("X-Webhook-Timestamp", "1788257741"), ("X-Webhook-Signature", signature)), Signed));
    }
}
