using System.Text.Json;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Payments.Vendors.ClickPesa;
using static JikoXpress.Payments.Tests.Samples;

namespace JikoXpress.Payments.Tests;

/// <summary>What ClickPesa signs, and what is read from it.</summary>
public sealed class ClickPesaTests
{
    private const string Key = "demo-checksum-key";

    private const string Data = """
        {"id":"CPX00000001","status":"SUCCESS","paymentReference":"QK71ABCDEF","orderReference":"JX7K3M9QZ2A4B6C8D0EF",
        "collectedAmount":"18500","collectedCurrency":"TZS","message":"Payment completed","channel":"M-PESA",
        "createdAt":"2026-09-01T10:15:00.000Z","updatedAt":"2026-09-01T10:15:41.000Z",
        "customer":{"customerName":"ASHA J","customerPhoneNumber":"255754000111","customerEmail":""}}
        """;

    private static readonly ClickPesaAdapter Adapter = new(
        new ClickPesaSettings(
            "clickpesa", LiveMode: false, new Uri("http://clickpesa.test"), "client", "key", Key, "token"),
        new HttpClient(), Clock());

    [Fact]
    public void A_push_is_signed_as_in_the_vectors()
    {
        var body = new Dictionary<string, string>
        {
            ["amount"] = "18500",
            ["currency"] = "TZS",
            ["orderReference"] = Reference,
            ["phoneNumber"] = "255754000111",
        };

        Assert.Equal(
            "3f51fbf504aed4bab24f6d187bf6a24642c8f88ee1c6adc868b88f78dcec679f",
            ClickPesaChecksum.Signed(Key, ClickPesaMethod.Canonical, body)["checksum"]);
        Assert.Equal(
            "fb821e0894c6c449f8e3fe8f3c546e26577c3a8ac821fcbe772293e15c2b13cd",
            ClickPesaChecksum.Signed(Key, ClickPesaMethod.Legacy, body)["checksum"]);
    }

    [Fact]
    public void The_vector_of_a_webhook_is_genuine_and_read()
    {
        var body = Signed(
            "PAYMENT RECEIVED", Data, "9b9cd80f7f61947698e781369a1a26099ec307b9b1088eb985dabab27b6bf9d1");

        Assert.Equal(
            new WebhookReading.Genuine("CPX00000001:SUCCESS"), Adapter.Read(Hook(body), Clock().GetUtcNow()));
        Assert.Equal(
            new PaymentReport(
                Reference, PaymentOutcome.Succeeded, Proof.Signed, new Money(18_500), "TZS", "CPX00000001",
                "Payment completed", "+255754000111", "QK71ABCDEF", AmountSaid: "18500"),
            Adapter.Recall(body));
    }

    [Theory]
    [InlineData("18500", "18501")]
    [InlineData("255754000111", "255754000112")]
    [InlineData("\"SUCCESS\"", "\"FAILED\"")]
    [InlineData("\"checksum\"", "\"checksumX\"")]
    [InlineData("\"checksum\"", "\"checksumMethod\":\"legacy\",\"other\":1,\"checksum\"")]
    public void Whatever_is_changed_the_webhook_is_not_believed(string from, string to)
    {
        var body = Signed(
            "PAYMENT RECEIVED", Data, "9b9cd80f7f61947698e781369a1a26099ec307b9b1088eb985dabab27b6bf9d1");

        Assert.IsType<WebhookReading.Unverified>(
            Adapter.Read(Hook(body.Replace(from, to, StringComparison.Ordinal)), Clock().GetUtcNow()));
    }

    [Theory]
    [InlineData("NG'OMBE & SONS <1>")]
    [InlineData("Café é ü")]
    [InlineData("smile \U0001F600 and \u2028 here")]
    [InlineData("quote \\\" slash \\\\ tab \\t bell \\u0007")]
    public void Names_are_written_as_JavaScript_writes_them(string name)
    {
        var root = JsonDocument.Parse($$"""{"b":1.50,"a":"{{name}}"}""").RootElement;

        // What JSON.stringify leaves as it is stays as it is, and what it escapes has the same escape.
        Assert.Equal($$"""{"a":"{{name}}","b":1.50}""", Vendors.CanonicalJson.Of(root));
    }

    [Fact]
    public void A_failure_says_no_amount_and_names_its_kind_otherwise()
    {
        const string Failed = """
            {"eventType":"PAYMENT FAILED","data":{"id":"CPX2","channel":"M-PESA",
            "orderReference":"JX7K3M9QZ2A4B6C8D0EF","message":"Insufficient balance"}}
            """;

        Assert.Equal(
            new PaymentReport(
                Reference, PaymentOutcome.Failed, Proof.Signed, ProviderReference: "CPX2",
                Reason: "Insufficient balance"),
            Adapter.Recall(Failed));
    }

    [Fact]
    public void The_older_form_of_a_payment_is_read()
    {
        const string Old = """
            {"event":"PAYMENT RECEIVED","data":{"paymentId":"CPX3","status":"SUCCESS","amount":10000.00,
            "currency":"TZS","orderReference":"JX7K3M9QZ2A4B6C8D0EF","customer":{"phone":"0754000111"}}}
            """;

        Assert.Equal(
            new PaymentReport(
                Reference, PaymentOutcome.Succeeded, Proof.Signed, new Money(10_000), "TZS", "CPX3",
                PaidBy: "+255754000111", AmountSaid: "10000.00"),
            Adapter.Recall(Old));
    }

    [Theory]
    [InlineData("SETTLED", PaymentOutcome.Succeeded)]
    [InlineData("ON-HOLD", PaymentOutcome.Pending)]
    [InlineData("PROCESSING", PaymentOutcome.Pending)]
    [InlineData("A NEW WORD", PaymentOutcome.Unknown)]
    public void Words_are_never_taken_for_a_failure_that_they_are_not(string word, PaymentOutcome outcome) =>
        Assert.Equal(
            outcome, Adapter.Recall($$"""{"data":{"orderReference":"{{Reference}}","status":"{{word}}" } }""")?.Outcome);

    [Fact]
    public void Events_without_an_id_are_told_apart_by_their_bodies()
    {
        Assert.Equal(EventOf("TI4XA"), EventOf("TI4XA"));
        Assert.NotEqual(EventOf("TI4XA"), EventOf("TI4XB"));

        static string EventOf(string receipt)
        {
            var data = $$"""{"orderReference":"{{Reference}}","status":"SUCCESS","paymentReference":"{{receipt}}"}""";
            var body = JsonDocument.Parse($$"""{"event":"PAYMENT RECEIVED","data":{{data}}}""").RootElement;
            var signed = Signed("PAYMENT RECEIVED", data, ClickPesaChecksum.Canonical(Key, body));
            return Assert.IsType<WebhookReading.Genuine>(Adapter.Read(Hook(signed), Clock().GetUtcNow())).EventId;
        }
    }

    [Fact]
    public void An_event_about_a_payout_is_answered_and_not_kept()
    {
        var body = JsonDocument.Parse("""{"event":"PAYOUT INITIATED","data":{}}""").RootElement;
        var signed = $$"""
            {"event":"PAYOUT INITIATED","data":{},"checksum":"{{ClickPesaChecksum.Canonical(Key, body)}}"}
            """;

        Assert.Equal(
            new WebhookReading.Irrelevant("PAYOUT INITIATED"), Adapter.Read(Hook(signed), Clock().GetUtcNow()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"checksum\":\"\\ud800\"}")]
    [InlineData("{\"a\":\"\\ud800\",\"checksum\":\"x\"}")]
    public void Nonsense_is_not_believed(string body) =>
        Assert.IsType<WebhookReading.Unverified>(Adapter.Read(Hook(body), Clock().GetUtcNow()));

    [Theory]
    [InlineData("FAILED", "PROCESSING", PaymentOutcome.Pending)]
    [InlineData("PROCESSING", "FAILED", PaymentOutcome.Pending)]
    [InlineData("FAILED", "FAILED", PaymentOutcome.Failed)]
    [InlineData("FAILED", "SUCCESS", PaymentOutcome.Succeeded)]
    public async Task A_payment_has_failed_when_each_try_of_it_has(string first, string second, PaymentOutcome outcome)
    {
        using var http = new HttpClient(new Tries($$"""
            [{"status":"{{first}}","orderReference":"{{Reference}}"},{"status":"{{second}}","orderReference":"{{Reference}}"}]
            """));
        var adapter = new ClickPesaAdapter(
            new ClickPesaSettings(
                "clickpesa", LiveMode: false, new Uri("http://clickpesa.test"), "client", "key", Key, "token"),
            http, Clock());

        var report = await adapter.Query(new StatusQuery(Reference), TestContext.Current.CancellationToken);

        Assert.Equal(outcome, report.Outcome);
    }

    private static string Signed(string kind, string data, string checksum) =>
        $$"""{"event":"{{kind}}","data":{{data.ReplaceLineEndings("")}},"checksum":"{{checksum}}"}""";

    private sealed class Tries(string list) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage
            {
                Content = new StringContent(
                    request.RequestUri!.AbsolutePath.EndsWith("generate-token", StringComparison.Ordinal)
                        ? """{"success":true,"token":"Bearer t"}"""
                        : list),
            });
    }
}
