using System.Net.Sockets;
using System.Text.Json;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Payments.Tests.Samples;

namespace JikoXpress.Payments.Tests;

/// <summary>Each adapter against the simulator, which speaks its aggregator's wire format.</summary>
public sealed class OverHttpTests
{
    private static readonly CancellationToken Patient = CancellationToken.None;

    public static TheoryData<string> All => new("clickpesa", "azampay", "snippe", "pawapay");

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_push_is_pending_until_the_guest_has_paid_and_a_query_says_so(string aggregator)
    {
        await using var vendor = await Vendor.Open(aggregator);

        var pushed = await vendor.Adapter.Push(Push("001"), Patient);
        Assert.Equal(PaymentOutcome.Pending, pushed.Outcome);
        Assert.NotNull(pushed.ProviderReference);
        await vendor.Told();
        var told = await vendor.Adapter.Query(new StatusQuery(Reference, pushed.ProviderReference), Patient);

        Assert.Equal(
            (PaymentOutcome.Succeeded, Proof.Queried, new Money(18_500), "TZS", pushed.ProviderReference, Phone("001")),
            (told.Outcome, told.Proof, told.Amount, told.Currency, told.ProviderReference, told.PaidBy));
        Assert.Equal(18_500, vendor.Aggregator.Ledger.Single().Amount);
    }

    [Theory]
    [InlineData("azampay", null, "Mpesa")]
    [InlineData("azampay", MobileNetwork.Airtel, "Airtel")]
    [InlineData("pawapay", MobileNetwork.Halotel, "HALOTEL_TZA")]
    [InlineData("pawapay", MobileNetwork.Yas, "TIGO_TZA")]
    public async Task The_network_that_a_phones_owner_names_goes_before_that_of_its_prefix(
        string aggregator, MobileNetwork? named, string expected)
    {
        await using var vendor = await Vendor.Open(aggregator);

        await vendor.Adapter.Push(Push("001") with { Network = named }, Patient);

        Assert.True(vendor.Adapter.Terms.AsksNetwork);
        var body = vendor.BodyOf(aggregator is "azampay" ? "/azampay/checkout/azampay/mno/checkout" : "/pawapay/v2/deposits");
        Assert.Contains($"\"{expected}\"", body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Its_webhook_is_genuine_and_says_the_same(string aggregator)
    {
        await using var vendor = await Vendor.Open(aggregator);
        var pushed = await vendor.Adapter.Push(Push("001"), Patient);

        var hook = await vendor.Told();
        await vendor.Adapter.RefreshKeys(Patient);

        Assert.IsType<WebhookReading.Genuine>(vendor.Adapter.Read(hook, vendor.Clock.GetUtcNow()));
        var report = vendor.Adapter.Recall(hook.Body.Span);
        Assert.Equal(
            (Reference, PaymentOutcome.Succeeded, vendor.Adapter.Terms.Proof, new Money(18_500), "TZS",
                pushed.ProviderReference, Phone("001")),
            (report?.Reference, report?.Outcome, report?.Proof, report?.Amount, report?.Currency,
                report?.ProviderReference, report?.PaidBy));
        Assert.NotNull(report?.Receipt);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_guest_who_declines_is_a_definite_no_with_its_reason(string aggregator)
    {
        await using var vendor = await Vendor.Open(aggregator);
        await vendor.Adapter.Push(Push("011"), Patient);

        var hook = await vendor.Told();
        var report = vendor.Adapter.Recall(hook.Body.Span);

        Assert.Equal((PaymentOutcome.Failed, "Insufficient balance"), (report?.Outcome, report?.Reason));
    }

    [Theory]
    [InlineData("clickpesa", "044")]
    [InlineData("clickpesa", "045")]
    [InlineData("azampay", "044")]
    [InlineData("azampay", "045")]
    [InlineData("snippe", "044")]
    [InlineData("snippe", "045")]
    [InlineData("snippe", "046")]
    [InlineData("pawapay", "044")]
    [InlineData("pawapay", "045")]
    [InlineData("pawapay", "046")]
    public async Task A_wrong_missing_or_old_signature_proves_nothing(string aggregator, string ending)
    {
        await using var vendor = await Vendor.Open(aggregator);
        await vendor.Adapter.Push(Push(ending), Patient);

        var hook = await vendor.Told();
        await vendor.Adapter.RefreshKeys(Patient);

        Assert.IsType<WebhookReading.Unverified>(vendor.Adapter.Read(hook, vendor.Clock.GetUtcNow()));
        // It is still known what to ask about.
        Assert.Equal(Reference, vendor.Adapter.Recall(hook.Body.Span)?.Reference);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_server_error_and_a_lost_answer_are_unknown_and_nothing_is_sent_again(string aggregator)
    {
        foreach (var ending in (string[])["021", "022"])
        {
            await using var vendor = await Vendor.Open(aggregator);

            Assert.Equal(PaymentOutcome.Unknown, (await vendor.Adapter.Push(Push(ending), Patient)).Outcome);
            Assert.Single(vendor.Asked, asked => PushPaths.Any(path => asked == $"POST {path}"));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_refused_push_is_a_definite_no(string aggregator)
    {
        await using var vendor = await Vendor.Open(aggregator);

        var pushed = await vendor.Adapter.Push(Push("023"), Patient);

        Assert.Equal(PaymentOutcome.Failed, pushed.Outcome);
        Assert.NotNull(pushed.Reason);
    }

    [Theory]
    [InlineData("clickpesa")]
    [InlineData("snippe")]
    [InlineData("pawapay")]
    public async Task The_same_push_again_charges_nobody_again(string aggregator)
    {
        await using var vendor = await Vendor.Open(aggregator);
        await vendor.Adapter.Push(Push("001"), Patient);

        var again = await vendor.Adapter.Push(Push("001"), Patient);
        await vendor.Told();

        Assert.NotEqual(PaymentOutcome.Failed, again.Outcome);
        Assert.Single(vendor.Aggregator.Ledger);
    }

    [Theory]
    [InlineData("clickpesa")]
    [InlineData("azampay")]
    public async Task A_token_that_is_refused_is_renewed_once(string aggregator)
    {
        await using var vendor = await Vendor.Open(aggregator);
        await vendor.Adapter.Push(Push("001"), Patient);
        vendor.Tokens.Revoke();

        var pushed = await vendor.Adapter.Push(
            Push("001") with { Reference = "JX7K3M9QZ2A4B6C8D0EG" }, Patient);

        Assert.Equal(PaymentOutcome.Pending, pushed.Outcome);
        Assert.Equal(2, vendor.Asked.Count(asked => asked.Contains("oken", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("clickpesa")]
    [InlineData("azampay")]
    public async Task A_push_whose_token_is_refused_was_not_sent_while_there_is_no_new_one(string aggregator)
    {
        await using var vendor = await Vendor.Open(aggregator);
        await vendor.Adapter.Push(Push("001"), Patient);
        vendor.Tokens.Revoke();
        vendor.Refused = "oken";
        var second = Push("001") with { Reference = "JX7K3M9QZ2A4B6C8D0EG" };

        await Assert.ThrowsAsync<PushNotSentException>(() => vendor.Adapter.Push(second, Patient));

        vendor.Refused = null;
        Assert.Equal(PaymentOutcome.Pending, (await vendor.Adapter.Push(second, Patient)).Outcome);
    }

    [Theory]
    [InlineData("clickpesa", "somebody else's: 7")]
    [InlineData("azampay", "somebody else's: 7")]
    [InlineData("snippe", "somebody else's: 7")]
    [InlineData("pawapay", "somebody else's: 7")]
    [InlineData("pawapay", "6f1f2f60-85d7-4b5e-9c0f-0a4dbe1c7a11")]
    public async Task A_payment_that_is_not_ours_can_be_asked_about_and_is_not_known(string aggregator, string reference)
    {
        await using var vendor = await Vendor.Open(aggregator);

        var report = await vendor.Adapter.Query(new StatusQuery(reference), Patient);

        Assert.Equal((reference, PaymentOutcome.Unknown), (report.Reference, report.Outcome));
    }

    [Fact]
    public async Task PawaPay_is_asked_by_its_own_id_about_what_is_not_ours()
    {
        const string theirs = "6f1f2f60-85d7-4b5e-9c0f-0a4dbe1c7a11";
        await using var vendor = await Vendor.Open("pawapay");
        vendor.Aggregator.Pay(new Simulator.PushBody(theirs, Phone("001"), 700, "TZS"));

        var report = await vendor.Adapter.Query(new StatusQuery(theirs), Patient);

        Assert.Equal(
            (theirs, PaymentOutcome.Succeeded, new Money(700)), (report.Reference, report.Outcome, report.Amount));
    }

    [Theory]
    [InlineData("clickpesa")]
    [InlineData("snippe")]
    [InlineData("pawapay")]
    public async Task A_refund_reaches_the_phone_once_however_often_it_is_asked_for(string aggregator)
    {
        await using var vendor = await Vendor.Open(aggregator);
        await vendor.Adapter.Push(Push("001"), Patient);
        await vendor.Told();
        var refund = new RefundRequest("JR7K3M9QZ2A4B6C8D0EF", Reference, Phone("001"), new Money(18_500));

        var outcome = RefundOutcome.Unknown;
        for (var time = 0; time < 3; time++) outcome = await vendor.Adapter.Refund(refund, Patient);

        Assert.Equal(RefundOutcome.Paid, outcome);
        Assert.Equal(0, vendor.Aggregator.Ledger.Sum(entry => entry.Amount));
        Assert.Equal(2, vendor.Aggregator.Ledger.Count);
    }

    [Theory]
    [InlineData("snippe", 24, RefundOutcome.Paid)]
    [InlineData("snippe", 25, RefundOutcome.Unknown)]
    [InlineData("clickpesa", 25, RefundOutcome.Paid)]
    public async Task A_refund_is_not_sent_any_more_when_the_aggregator_may_have_forgotten_it(
        string aggregator, int tries, RefundOutcome expected)
    {
        await using var vendor = await Vendor.Open(aggregator);
        await vendor.Adapter.Push(Push("001"), Patient);
        await vendor.Told();
        var aggregators = new Aggregators([vendor.Adapter], vendor.Clock);
        var refund = new RefundRequest("JR7K3M9QZ2A4B6C8D0EF", Reference, Phone("001"), new Money(18_500));

        var outcome = RefundOutcome.Unknown;
        for (var time = 0; time < 2; time++) outcome = await aggregators.Refund(aggregator, refund, tries);

        Assert.Equal(expected, outcome);
        Assert.Equal(expected is RefundOutcome.Paid ? 2 : 1, vendor.Aggregator.Ledger.Count);
    }

    [Fact]
    public async Task AzamPay_pays_nothing_back_and_says_so()
    {
        await using var vendor = await Vendor.Open("azampay");

        Assert.False(vendor.Adapter.Terms.Refunds);
        Assert.False(vendor.Adapter.Terms.PaysOut);
        Assert.Equal(RefundOutcome.Refused, await vendor.Adapter.Refund(
            new RefundRequest("JR7K3M9QZ2A4B6C8D0EF", Reference, Phone("001"), new Money(18_500)), Patient));
    }

    [Theory]
    [InlineData("clickpesa")]
    [InlineData("snippe")]
    [InlineData("pawapay")]
    public async Task A_refund_that_the_network_refuses_is_a_certain_no_and_another_phone_gets_it(string aggregator)
    {
        await using var vendor = await Vendor.Open(aggregator);
        await vendor.Adapter.Push(Push("051"), Patient);
        await vendor.Told();
        var refused = new RefundRequest("JR7K3M9QZ2A4B6C8D0EF", Reference, Phone("051"), new Money(18_500));
        var other = new RefundRequest(
            "T07K3M9QZ2A4B6C8D0EF", Reference, Phone("001"), new Money(18_500), IsPayout: true);

        Assert.Equal(RefundOutcome.Refused, await vendor.Adapter.Refund(refused, Patient));
        Assert.NotEqual(RefundOutcome.Paid, await vendor.Adapter.CheckRefund(refused, Patient));
        var outcome = RefundOutcome.Unknown;
        for (var time = 0; time < 3; time++) outcome = await vendor.Adapter.Refund(other, Patient);

        Assert.Equal(RefundOutcome.Paid, outcome);
        Assert.Equal(-18_500, vendor.Aggregator.Ledger.Where(entry => entry.Phone == Phone("001")).Sum(entry => entry.Amount));
    }

    [Theory]
    [InlineData("clickpesa")]
    [InlineData("pawapay")]
    public async Task A_refund_that_is_paid_after_it_was_refused_is_found_by_a_question(string aggregator)
    {
        await using var vendor = await Vendor.Open(aggregator);
        await vendor.Adapter.Push(Push("051"), Patient);
        await vendor.Told();
        var refused = new RefundRequest("JR7K3M9QZ2A4B6C8D0EF", Reference, Phone("051"), new Money(18_500));
        await vendor.Adapter.Refund(refused, Patient);

        Assert.True(vendor.Aggregator.PayRefused(Phone("051")));

        Assert.Equal(RefundOutcome.Paid, await vendor.Adapter.CheckRefund(refused, Patient));
    }

    [Fact]
    public async Task A_new_key_of_pawaPay_is_fetched_when_it_is_needed_and_not_more_than_once_a_minute()
    {
        await using var vendor = await Vendor.Open("pawapay");
        await vendor.Adapter.RefreshKeys(Patient);
        vendor.Keys.Rotate();
        await vendor.Adapter.Push(Push("001"), Patient);
        var hook = await vendor.Told();
        Assert.IsType<WebhookReading.Unverified>(vendor.Adapter.Read(hook, vendor.Clock.GetUtcNow()));
        Assert.False(await vendor.Adapter.RefreshKeys(Patient));

        vendor.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.True(await vendor.Adapter.RefreshKeys(Patient));
        Assert.False(await vendor.Adapter.RefreshKeys(Patient));
        Assert.IsType<WebhookReading.Genuine>(vendor.Adapter.Read(hook, vendor.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Nobody_listens_is_no_push()
    {
        await using var vendor = await Vendor.Open("clickpesa");
        using var http = new HttpClient();
        var away = new Vendors.PawaPay.PawaPayAdapter(
            new Vendors.PawaPay.PawaPaySettings(
                "pawapay", LiveMode: false, new Uri("http://127.0.0.1:9"), "key", "token", Predicts: false),
            http, vendor.Clock);

        await Assert.ThrowsAsync<PushNotSentException>(() => away.Push(Push("001"), Patient));
    }

    [Fact]
    public async Task A_connection_that_is_closed_at_once_is_silence()
    {
        using var http = new HttpClient(new Closing());
        var silent = new Vendors.PawaPay.PawaPayAdapter(
            new Vendors.PawaPay.PawaPaySettings(
                "pawapay", LiveMode: false, new Uri("http://pawapay.test"), "key", "token", Predicts: false),
            http, Clock());

        Assert.Equal(PaymentOutcome.Unknown, (await silent.Push(Push("001"), Patient)).Outcome);
        Assert.Equal(PaymentOutcome.Unknown, (await silent.Query(new StatusQuery(Reference), Patient)).Outcome);
    }

    /// <summary>Held against ClickPesa's published description of its own API.</summary>
    [Theory]
    [InlineData("/payments/preview-ussd-push-request")]
    [InlineData("/payments/initiate-ussd-push-request")]
    public async Task Our_requests_to_ClickPesa_are_as_it_has_published(string path)
    {
        await using var vendor = await Vendor.Open("clickpesa");
        await vendor.Adapter.Push(Push("001"), Patient);
        using var published = JsonDocument.Parse(await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "Published", "clickpesa-ussd-push.json"), Patient));
        using var sent = JsonDocument.Parse(vendor.BodyOf($"/clickpesa/third-parties{path}"));

        var schema = published.RootElement.GetProperty("paths").GetProperty(path).GetProperty("post")
            .GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");

        Assert.All(
            schema.GetProperty("required").EnumerateArray(),
            needed => Assert.True(sent.RootElement.TryGetProperty(needed.GetString()!, out _)));
        Assert.All(
            schema.GetProperty("properties").EnumerateObject(),
            known => Assert.Equal(
                known.Value.GetProperty("type").GetString(),
                sent.RootElement.GetProperty(known.Name).ValueKind.ToString().ToLowerInvariant()));
    }

    private static readonly string[] PushPaths =
    [
        "/clickpesa/third-parties/payments/initiate-ussd-push-request", "/azampay/checkout/azampay/mno/checkout",
        "/snippe/v1/payments", "/pawapay/v2/deposits",
    ];

    private static string Phone(string ending) => $"+255754000{ending}";

    private static PushRequest Push(string ending) => new(Reference, Phone(ending), new Money(18_500));

    /// <summary>As the connection pool of .NET throws it, bare.</summary>
    private sealed class Closing : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new SocketException((int)SocketError.NotConnected);
    }
}
