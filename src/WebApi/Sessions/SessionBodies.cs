using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.WebApi.Binding;

namespace JikoXpress.WebApi.Sessions;

/// <summary>Reads the request bodies of sessions.</summary>
internal static class SessionBodies
{
    /// <summary>If customerPhone is left out, the phone number of the caller's app account is used.</summary>
    public static OpenSession OpenSession(this JsonBody body, Principal by)
    {
        var root = body.Root;
        var channel = root.Required<Channel>("channel");
        return new OpenSession(
            by.Caller,
            root.Required<SessionType>("sessionType"),
            channel,
            root.Required<FulfillmentType>("fulfillmentType"),
            root.List("items", Item),
            root.List("payments", Payment),
            root.Text("tableNumber"),
            root.Text("laneNumber"),
            root.Text("tag"),
            root.Text("orderInstructions"),
            root.Text("customerPhone") ?? by.Phone,
            root.Object("deliveryAddress", Address),
            // If the token determines the kitchen, kitchenId is not read here, so a body with it is refused.
            channel is Channel.Pos or Channel.Kiosk or Channel.TableQr ? null : root.OptionalId("kitchenId"),
            root.Flag("fromCart"),
            root.OptionalId("billId"),
            root.Text("clientReference"),
            LiveMode: by.LiveMode);
    }

    public static ConfirmSlip ConfirmSlip(this JsonBody body, Caller by) =>
        new(by, body.Root.List("payments", Payment), body.Operation());

    public static ResolveSuspense ResolveSuspense(this JsonBody body, Caller by, string reference) => new(
        by, reference, body.Root.Required<SuspenseDecision>("decision"), body.Root.OptionalId("kitchenCustomerId"),
        body.Root.List("payments", Payment), body.Operation());

    public static PayBill PayBill(this JsonBody body, Caller by) =>
        new(by, body.Root.List("payments", Payment), body.Operation());

    private static LineRequest Item(BodyObject item) =>
        new(item.Id("menuId"), item.Integer("quantity"), item.Text("itemInstructions"));

    private static PaymentRequest Payment(BodyObject payment) => new(
        payment.Required<PaymentMethod>("paymentMethod"),
        payment.Money("amount"),
        payment.OptionalId("kitchenCustomerId"),
        payment.OptionalId("kitchenPaymentMethodId"),
        payment.Text("phoneNumber"),
        payment.Text("provider"),
        payment.Text("walletAuthorization"),
        Tendered: payment.OptionalMoney("tendered"));

    private static DeliveryAddress Address(BodyObject address) => new(
        Part(address, "street"),
        Part(address, "area"),
        Part(address, "city"),
        address.Text("notes"),
        address.Number("latitude"),
        address.Number("longitude"));

    private static string Part(BodyObject address, string name) =>
        address.Text(name) ?? address.Violations.Missing(address.Pointer(name), "-");
}
