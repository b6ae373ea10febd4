using JikoXpress.KiotaClient.Models;
using JikoXpress.Scenarios.Hosting;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Caller = JikoXpress.Scenarios.Vocabulary.Caller;

namespace JikoXpress.Scenarios.Clients;

/// <summary>What Kiota makes of the API's document works as it is.</summary>
public sealed class GeneratedByKiota(Restaurant restaurant) : Scenario(restaurant)
{
    private readonly CancellationTokenSource patience = new(TimeSpan.FromMinutes(5));

    [Fact]
    public async Task A_sale_is_known_to_be_a_session()
    {
        var sold = await Of(Till).Api.V1.CheckoutSessions.PostAsync(Sale(), cancellationToken: patience.Token);

        Assert.Null(sold?.CheckoutGroup);
        Assert.Equal(SessionStatus.CONFIRMED, sold?.Session?.Status);
        Assert.Null(sold?.Session?.Payments?.Single().Change);
    }

    [Fact]
    public async Task A_slip_is_opened_and_paid()
    {
        var slip = await Of(Kiosk).Api.V1.CheckoutSessions.PostAsync(
            new OpenSessionBody
            {
                SessionType = SessionType.SLIP,
                Channel = Channel.KIOSK,
                FulfillmentType = FulfillmentType.PICKUP,
                Items = [new ItemBody { MenuId = Pilau, Quantity = 1 }],
            },
            cancellationToken: patience.Token);
        var paid = await Of(Till).Api.V1.CheckoutSessions[slip!.Session!.Id!.Value].ConfirmSlip.PostAsync(
            new ConfirmSlipBody { Payments = [Cash(5000)] }, cancellationToken: patience.Token);

        Assert.Equal(SessionStatus.CONFIRMED, paid?.Status);
    }

    [Fact]
    public async Task A_refund_is_of_an_amount()
    {
        var sold = await Of(Till).Api.V1.CheckoutSessions.PostAsync(Sale(), cancellationToken: patience.Token);

        var orders = Of(Kitchen.Manager).Api.V1.Orders[sold!.Session!.OrderId!.Value];
        await orders.Refunds.PostAsync(
            new RefundBody { Reason = "Cold", Amount = 1000 }, cancellationToken: patience.Token);

        Assert.Equal(1000, (await orders.GetAsync(cancellationToken: patience.Token))?.Refunded);
    }

    [Fact]
    public async Task A_refusal_is_a_problem_with_its_code()
    {
        var tooLittle = Sale();
        tooLittle.Payments = [Cash(4999)];

        var refused = await Assert.ThrowsAsync<Problem>(() =>
            Of(Till).Api.V1.CheckoutSessions.PostAsync(tooLittle, cancellationToken: patience.Token));

        Assert.Equal("payments-total-mismatch", refused.Code);
        Assert.Equal(5000, refused.ExpectedTotal);
    }

    [Fact]
    public async Task A_kitchens_own_ways_to_be_paid_are_objects()
    {
        var methods = await Of(Till).Api.V1.Kitchens[Kitchen.Id].PaymentMethods.GetAsync(
            cancellationToken: patience.Token);

        Assert.Equal("Lipa Voda", methods?.Data?.Single().Name);
    }

    private KiotaClient.KiotaClient Of(Caller caller)
    {
        var http = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", caller.Token) } };
        var adapter = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http)
        {
            BaseUrl = Restaurant.Host.Address.ToString().TrimEnd('/'),
        };
        return new KiotaClient.KiotaClient(adapter);
    }

    private OpenSessionBody Sale() => new()
    {
        SessionType = SessionType.IMMEDIATE,
        Channel = Channel.POS,
        FulfillmentType = FulfillmentType.PICKUP,
        Items = [new ItemBody { MenuId = Pilau, Quantity = 1 }],
        Payments = [Cash(5000)],
    };

    private static PaymentBody Cash(long amount) => new() { PaymentMethod = PaymentMethod.CASH, Amount = amount };
}
