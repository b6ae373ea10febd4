using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Payments;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace JikoXpress.Scenarios.Orders;

/// <summary>An aggregator that pays money back and does not say so.</summary>
public sealed class SilentRefunds : IAsyncLifetime
{
    private readonly Silent aggregator = new();
    private readonly Restaurant restaurant;

    public SilentRefunds() => restaurant = new Restaurant
    {
        Adjust = builder => builder.Services.AddSingleton<IMobileMoneyAdapter>(aggregator),
    };

    public ValueTask InitializeAsync() => restaurant.InitializeAsync();

    public ValueTask DisposeAsync() => restaurant.DisposeAsync();

    [Fact]
    public async Task A_refund_whose_answer_is_lost_is_asked_for_again_by_its_name_and_paid_once()
    {
        var manager = restaurant.Kitchen.Manager;
        var sale = await manager.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{restaurant.Kitchen.Pilau}}", "quantity": 1 }],
              "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "+255754000001" }]
            }
            """).Is(201);
        await restaurant.Host.Rounds();
        var order = (await manager.Get($"/checkout-sessions/{sale.Id}").Is(200, """{ "status": "CONFIRMED" }"""))["orderId"];

        await manager.Post($"/orders/{order}/refunds", """{ "amount": 2000, "reason": "Cold" }""").Is(201);
        for (var silence = 1; silence <= 3; silence++)
        {
            await restaurant.Host.Rounds();
            restaurant.Clock.Advance(2.Minutes);
            await manager.Get($"/orders/{order}").Is(200, """{ "refunds": [{ "status": "PENDING" }] }""");
        }

        aggregator.Answer = RefundOutcome.Paid;
        restaurant.Clock.Advance(60.Minutes);
        await restaurant.Host.Rounds();
        await manager.Get($"/orders/{order}").Is(200, """{ "refunds": [{ "status": "SUCCEEDED" }] }""");
        Assert.True(aggregator.Asked.Count > 3);
        Assert.Equal(new RefundRequest(
            aggregator.Asked[0].Reference, sale["payments.0.push.reference"], "+255754000001", new Money(2000)),
            Assert.Single(aggregator.Asked.Distinct()));
        await restaurant.MustBalance();
    }

    [Fact]
    public async Task What_may_still_be_paid_goes_no_other_way()
    {
        var manager = restaurant.Kitchen.Manager;
        var sale = await manager.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{restaurant.Kitchen.Pilau}}", "quantity": 1 }],
              "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "+255754000002" }]
            }
            """).Is(201);
        await restaurant.Host.Rounds();
        var order = (await manager.Get($"/checkout-sessions/{sale.Id}").Is(200))["orderId"];
        await manager.Post($"/orders/{order}/refunds", """{ "amount": 2000, "reason": "Cold" }""").Is(201);
        var shift = (await manager.Post("/shifts", """{ "float": 9000 }""").Is(201)).Id;
        await Rounds(8);
        var list = await manager.Get($"/kitchens/{restaurant.Kitchen.Id}/payment-exceptions").Is(200);
        var resolve = $"/kitchens/{restaurant.Kitchen.Id}/payment-exceptions/{list["data.0.id"]}/resolve";
        var cash = $$"""{ "decision": "CASH", "shiftId": "{{shift}}" }""";

        await manager.Post(resolve, cash).Is(409, """{ "code": "refund-under-way" }""");
        aggregator.Answer = RefundOutcome.Refused;
        await Rounds(3);
        await manager.Post(resolve, cash).Is(200);

        var asked = aggregator.Asked.Count;
        await Rounds(3);
        Assert.Equal(asked, aggregator.Asked.Count);
        await restaurant.MustBalance();

        async Task Rounds(int times)
        {
            for (var time = 0; time < times; time++)
            {
                restaurant.Clock.Advance(20.Minutes);
                await restaurant.Host.Rounds();
            }
        }
    }

    /// <summary>Every guest pays 5000 at once.</summary>
    private sealed class Silent : IMobileMoneyAdapter
    {
        public List<RefundRequest> Asked { get; } = [];

        public RefundOutcome Answer { get; set; } = RefundOutcome.Unknown;

        public string Name => "silent";

        public bool LiveMode => false;

        public Task<PaymentReport> Push(PushRequest push, CancellationToken cancellation) =>
            Task.FromResult(Paid(push.Reference));

        public Task<PaymentReport> Query(StatusQuery query, CancellationToken cancellation) =>
            Task.FromResult(Paid(query.Reference));

        public Task<RefundOutcome> Refund(RefundRequest refund, CancellationToken cancellation)
        {
            Asked.Add(refund);
            return Task.FromResult(Answer);
        }

        public bool IsItsToken(string token) => false;

        public WebhookReading Read(Webhook webhook, DateTimeOffset now) => new WebhookReading.Unverified();

        public PaymentReport? Recall(ReadOnlySpan<byte> body) => null;

        private static PaymentReport Paid(string reference) =>
            new(reference, PaymentOutcome.Succeeded, Proof.Queried, new Money(5000), "TZS");
    }
}
