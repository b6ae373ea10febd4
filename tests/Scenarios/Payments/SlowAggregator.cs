using System.Text;
using System.Threading.Channels;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Payments;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace JikoXpress.Scenarios.Payments;

/// <summary>An aggregator that takes its time to accept a push, and tells what came of it meanwhile.</summary>
public sealed class SlowAggregator : IAsyncLifetime
{
    private readonly Hanging aggregator = new();
    private readonly Restaurant restaurant;
    private int phones;

    public SlowAggregator() => restaurant = new Restaurant
    {
        Adjust = builder => builder.Services.AddSingleton<IMobileMoneyAdapter>(aggregator),
    };

    public ValueTask InitializeAsync() => restaurant.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        aggregator.Answer.TrySetResult();
        await restaurant.DisposeAsync();
    }

    [Fact]
    public async Task A_push_that_hangs_keeps_no_webhook_from_being_heard()
    {
        var sale = await Opened();
        await aggregator.NextPush();

        using var body = new StringContent(sale["payments.0.push.reference"], Encoding.UTF8, "application/json");
        using var taken = await restaurant.Host.Http.PostAsync("/webhooks/payments/hanging/token", body);
        Assert.Equal(200, (int)taken.StatusCode);

        await Kiosk.With("If-None-Match", sale.Header("ETag")!).Get($"/checkout-sessions/{sale.Id}?waitSeconds=30")
            .Is(200, """{ "status": "CONFIRMED" }""");
        Assert.False(aggregator.Answer.Task.IsCompleted);
    }

    [Fact]
    public async Task A_push_that_hangs_keeps_no_other_phone_from_ringing()
    {
        var first = await Opened();
        Assert.Equal(first["payments.0.push.reference"], await aggregator.NextPush());

        var second = await Opened();
        Assert.Equal(second["payments.0.push.reference"], await aggregator.NextPush());
        Assert.False(aggregator.Answer.Task.IsCompleted);
    }

    [Fact]
    public async Task What_has_been_begun_is_ended_before_the_host_is()
    {
        await Opened();
        await aggregator.NextPush();

        var stopping = restaurant.Host.Stop();
        aggregator.Answer.TrySetResult();
        await stopping;

        Assert.True(restaurant.Host.Services.GetRequiredService<PaymentRounds>().Ended().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_push_that_no_host_came_to_in_time_rings_nobody_s_phone()
    {
        aggregator.Answer.TrySetResult();
        var reference = (await Opened())["payments.0.push.reference"];
        await aggregator.NextPush();
        // What the host does by itself meanwhile must have ended: it asks, too, and notes when it will again.
        while (await restaurant.Host.Rounds()) { }
        restaurant.Clock.Advance(1.Hours);
        while (await restaurant.Host.Rounds()) { }
        var asked = aggregator.Questions;

        // As if the host that committed it had died before that.
        await restaurant.Database.Run($"""
            UPDATE jiko.payment_attempt SET pushed = false, next_look_at = started_at WHERE reference = '{reference}'
            """);
        // Whether these rounds come to it or those of the host's own, which end when they like.
        while (aggregator.Questions == asked && !aggregator.HasPush) await restaurant.Host.Rounds();
        while (await restaurant.Host.Rounds()) { }

        Assert.False(aggregator.HasPush);
    }

    [Fact]
    public async Task A_no_to_a_push_that_may_be_the_second_one_is_asked_about()
    {
        aggregator.Answer.TrySetResult();
        var sale = await Opened();
        var reference = sale["payments.0.push.reference"];
        await aggregator.NextPush();
        while (await restaurant.Host.Rounds()) { }
        restaurant.Clock.Advance(6.Seconds);
        while (await restaurant.Host.Rounds()) { }
        aggregator.Says = PaymentOutcome.Failed;

        // As if the host that sent it had died before it noted that.
        await restaurant.Database.Run($"""
            UPDATE jiko.payment_attempt SET pushed = false, next_look_at = started_at WHERE reference = '{reference}'
            """);
        while (!aggregator.HasPush) await restaurant.Host.Rounds();
        while (await restaurant.Host.Rounds()) { }
        await restaurant.Host.Services.GetRequiredService<PaymentRounds>().Ended();

        await Kiosk.Get($"/checkout-sessions/{sale.Id}").Is(200, """{ "status": "FAILED" }""");
        Assert.True(await restaurant.Database.Ask<bool>(
            $"SELECT next_look_at IS NOT NULL FROM jiko.payment_attempt WHERE reference = '{reference}'"));
    }

    [Fact]
    public async Task One_receipt_does_not_pay_for_two_sales_that_are_cancelled()
    {
        aggregator.Answer.TrySetResult();
        var (paid, other) = (await Opened(), await Opened());
        await aggregator.NextPush();
        await aggregator.NextPush();
        aggregator.Receipt = "QK71ABCDEF";

        await Kiosk.Post($"/checkout-sessions/{paid.Id}/cancel").Is(409, """{ "code": "already-confirmed" }""");
        await Kiosk.Post($"/checkout-sessions/{other.Id}/cancel").Is(200, """{ "status": "CANCELLED" }""");
    }

    private Caller Kiosk => restaurant.Kitchen.Kiosk;

    private async Task<Answer> Opened() => await Kiosk.Post("/checkout-sessions", $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "KIOSK", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{restaurant.Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }],
          "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "+25575400000{{++phones}}" }]
        }
        """).Is(201);

    /// <summary>Its webhooks are the reference of a push whose guest has paid 5000.</summary>
    private sealed class Hanging : IMobileMoneyAdapter
    {
        private readonly Channel<string> pushes = Channel.CreateUnbounded<string>();
        private int questions;

        public TaskCompletionSource Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>What it answers to a push.</summary>
        public PaymentOutcome Says { get; set; } = PaymentOutcome.Pending;

        /// <summary>Of the payment that it knows of when it is asked; null for none.</summary>
        public string? Receipt { get; set; }

        public string Name => "hanging";

        public bool LiveMode => false;

        /// <summary>The reference of the next push that it has not answered.</summary>
        public Task<string> NextPush() => pushes.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        public bool HasPush => pushes.Reader.TryPeek(out _);

        /// <summary>How often it was asked what came of a push.</summary>
        public int Questions => Volatile.Read(ref questions);

        public async Task<PaymentReport> Push(PushRequest push, CancellationToken cancellation)
        {
            pushes.Writer.TryWrite(push.Reference);
            await Answer.Task;
            return new PaymentReport(push.Reference, Says, Proof.Queried);
        }

        public Task<PaymentReport> Query(StatusQuery query, CancellationToken cancellation)
        {
            Interlocked.Increment(ref questions);
            return Task.FromResult(Receipt is null
                ? new PaymentReport(query.Reference, PaymentOutcome.Unknown, Proof.Queried)
                : new PaymentReport(
                    query.Reference, PaymentOutcome.Succeeded, Proof.Queried, new Domain.Money(5000), "TZS",
                    Receipt: Receipt));
        }

        public Task<RefundOutcome> Refund(RefundRequest refund, CancellationToken cancellation) =>
            Task.FromResult(RefundOutcome.Unknown);

        public bool IsItsToken(string token) => token == "token";

        public WebhookReading Read(Webhook webhook, DateTimeOffset now) => new WebhookReading.Genuine("evt_1");

        public PaymentReport? Recall(ReadOnlySpan<byte> body) => new(
            Encoding.UTF8.GetString(body), PaymentOutcome.Succeeded, Proof.Signed, new Domain.Money(5000), "TZS");
    }
}
