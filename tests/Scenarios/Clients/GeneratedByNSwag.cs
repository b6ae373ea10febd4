using JikoXpress.Client;
using JikoXpress.Scenarios.Hosting;

namespace JikoXpress.Scenarios.Clients;

/// <summary>What NSwag makes of the API's document works as it is.</summary>
public sealed class GeneratedByNSwag(Restaurant restaurant) : ClientScenario(restaurant)
{
    [Fact]
    public async Task A_sale_sends_no_amount_that_nobody_gave()
    {
        using var till = Of(Till);

        var exact = await till.Api.OpenCheckoutSessionAsync(Sale(), cancellationToken: Patience);
        var withChange = await till.Api.OpenCheckoutSessionAsync(Sale(tendered: 7000), cancellationToken: Patience);

        Assert.Equal(SessionStatus.CONFIRMED, exact.Status);
        Assert.Null(exact.Payments[0].Change);
        Assert.Null(exact.ExpiryReason);
        Assert.Equal(2000, withChange.Payments[0].Change);
    }

    [Fact]
    public async Task A_slip_is_opened_and_paid()
    {
        using var kiosk = Of(Kiosk);
        using var till = Of(Till);

        var slip = await kiosk.Api.OpenCheckoutSessionAsync(Slip(), cancellationToken: Patience);
        Assert.Equal(SessionStatus.PENDING_PAYMENT, slip.Status);
        Assert.Null(slip.OrderId);
        var paid = await till.Api.ConfirmSlipAsync(slip.Id, Paid(), cancellationToken: Patience);

        Assert.Equal(SessionStatus.CONFIRMED, paid.Status);
        Assert.NotNull(paid.OrderId);
    }

    [Fact]
    public async Task A_refund_is_of_an_amount_or_of_items()
    {
        using var till = Of(Till);
        using var manager = Of(Kitchen.Manager);
        var sale = await till.Api.OpenCheckoutSessionAsync(Sale(), cancellationToken: Patience);
        var order = sale.OrderId!.Value;

        await manager.Api.RefundOrderAsync(
            order, new RefundBody { Reason = "Cold", Amount = 1000 }, cancellationToken: Patience);

        var told = await manager.Api.GetOrderAsync(order, Patience);
        Assert.Equal(1000, told.Refunded);
    }

    [Fact]
    public async Task Lists_are_read_with_and_without_a_limit()
    {
        using var till = Of(Till);
        await till.Api.OpenCheckoutSessionAsync(Sale(), cancellationToken: Patience);
        var methods = await till.Api.ListPaymentMethodsAsync(Kitchen.Id, cancellationToken: Patience);

        Assert.Equal("Lipa Voda", methods.Data.Single().Name);
        Assert.Single((await till.Api.ListCheckoutSessionsAsync(limit: 1, cancellationToken: Patience)).Data);
        Assert.NotEmpty((await till.Api.ListCheckoutSessionsAsync(cancellationToken: Patience)).Data);
    }
}
