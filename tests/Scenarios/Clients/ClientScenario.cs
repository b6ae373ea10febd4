using JikoXpress.Client;
using JikoXpress.Scenarios.Hosting;
using Caller = JikoXpress.Scenarios.Vocabulary.Caller;

namespace JikoXpress.Scenarios.Clients;

/// <summary>What scenarios of clients are told with.</summary>
public abstract class ClientScenario(Restaurant restaurant) : Scenario(restaurant)
{
    /// <summary>A test that waits in vain ends.</summary>
    private readonly CancellationTokenSource patience = new(TimeSpan.FromMinutes(5));

    protected CancellationToken Patience => patience.Token;

    protected JikoXpressClient Of(Caller caller, HttpMessageHandler? transport = null) => JikoXpressClient.Create(
        Restaurant.Host.Address, caller.Token ?? throw new ArgumentException("A stranger has no client."), transport);

    /// <summary>One pilau, 5000 shillings, in cash.</summary>
    protected OpenSessionBody Sale(long? tendered = null, string? reference = null) => new()
    {
        SessionType = SessionType.IMMEDIATE,
        Channel = Channel.POS,
        FulfillmentType = FulfillmentType.PICKUP,
        ClientReference = reference,
        Items = [new ItemBody { MenuId = Pilau, Quantity = 1 }],
        Payments = [Cash(5000, tendered)],
    };

    /// <summary>One pilau, 5000 shillings, to be paid at the cashier's.</summary>
    protected OpenSessionBody Slip() => new()
    {
        SessionType = SessionType.SLIP,
        Channel = Channel.KIOSK,
        FulfillmentType = FulfillmentType.PICKUP,
        Items = [new ItemBody { MenuId = Pilau, Quantity = 1 }],
    };

    protected static ConfirmSlipBody Paid() => new() { Payments = [Cash(5000)] };

    private static PaymentBody Cash(long amount, long? tendered = null) =>
        new() { PaymentMethod = PaymentMethod.CASH, Amount = amount, Tendered = tendered };
}
