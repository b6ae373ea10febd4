using JikoXpress.Domain.Sessions;
using static JikoXpress.Domain.Sessions.SessionRefusals;

namespace JikoXpress.Domain.Tests.Sessions;

/// <summary>Every rule of an opening; rules that exclude each other stand in different chains.</summary>
internal static class OpeningChains
{
    private static readonly Guid Unknown = Id(999);

    private static readonly Row[] EmptyTexts =
    [
        new("invalid-text", "/tableNumber", nameof(InvalidText), ask => ask with { TableNumber = "" }),
        new("invalid-text", "/laneNumber", nameof(InvalidText), ask => ask with { LaneNumber = "" }),
        new("invalid-text", "/tag", nameof(InvalidText), ask => ask with { Tag = "" }),
        new("invalid-text", "/orderInstructions", nameof(InvalidText), ask => ask with { OrderInstructions = "" }),
        new("card-data-not-accepted", "/clientReference", nameof(CardDataNotAccepted),
            ask => ask with { ClientReference = "4111 1111 1111 1111" }),
        new("invalid-text", "/deliveryAddress/street", nameof(InvalidText),
            At(address => address with { Street = "" })),
        new("invalid-text", "/deliveryAddress/area", nameof(InvalidText), At(address => address with { Area = "" })),
        new("invalid-text", "/deliveryAddress/city", nameof(InvalidText), At(address => address with { City = "" })),
        new("invalid-text", "/deliveryAddress/notes", nameof(InvalidText), At(address => address with { Notes = "" })),
        new("coordinate-out-of-range", "/deliveryAddress/latitude", nameof(BrokenRule),
            At(address => address with { Latitude = 91 })),
        new("coordinate-out-of-range", "/deliveryAddress/longitude", nameof(BrokenRule),
            At(address => address with { Longitude = 181 })),
    ];

    private static readonly Row[] BadLines =
    [
        new("too-many-items", "/items", nameof(BrokenRule),
            ask => ask with { Items = Enumerable.Repeat(ask.Items![0], 101).ToSequence() }),
        new("quantity-out-of-range", "/items/0/quantity", nameof(BrokenRule), Line(line => line with { Quantity = 0 })),
        new("invalid-text", "/items/0/itemInstructions", nameof(InvalidText),
            Line(line => line with { ItemInstructions = "" })),
        new("too-many-payments", "/payments", nameof(BrokenRule),
            ask => ask with { Payments = Enumerable.Repeat(ask.Payments![0], 11).ToSequence() }),
    ];

    private static readonly Row[] BadPhone =
    [
        new("phone-invalid", "/payments/0/phoneNumber", nameof(PhoneInvalid),
            Payment(payment => payment with { PhoneNumber = "0700000000" })),
        new("invalid-text", "/payments/0/provider", nameof(InvalidText), Payment(payment =>
            payment with { Provider = "" })),
        new("menu-item-not-found", "/items/0/menuId", nameof(MenuItemNotFound),
            Line(line => line with { MenuId = Unknown })),
    ];

    public static Sequence<Chain> All { get; } =
    [
        new("WhatsApp", OnWhatsapp,
        [
            new("session-type-not-allowed", "/sessionType", nameof(SessionTypeNotAllowed),
                ask => ask with { SessionType = SessionType.Slip }),
            new("channel-fulfillment-not-allowed", "/fulfillmentType", nameof(ChannelFulfillmentNotAllowed),
                ask => ask with { FulfillmentType = FulfillmentType.DineIn }),
            new("customer-phone-required", "/customerPhone", nameof(BrokenRule),
                ask => ask with { CustomerPhone = null }),
            new("kitchen-required", "/kitchenId", nameof(BrokenRule), ask => ask with { KitchenId = null }),
            new("items-required", "/items", nameof(BrokenRule), ask => ask with { Items = [] }),
            new("payments-required", "/payments", nameof(BrokenRule), ask => ask with { Payments = [] }),
            new("bill-not-allowed", "/billId", nameof(BrokenRule), ask => ask with { BillId = Unknown }),
            .. EmptyTexts,
        ]),
        new("A slip at the table", AskForSlip with { FulfillmentType = FulfillmentType.DineIn, TableNumber = "05" },
        [
            new("table-required", "/tableNumber", nameof(BrokenRule), ask => ask with { TableNumber = null }),
            new("phone-invalid", "/customerPhone", nameof(PhoneInvalid),
                ask => ask with { CustomerPhone = "+254700000000" }),
            new("payments-not-allowed", "/payments", nameof(BrokenRule),
                ask => ask with { Payments = [Cash(8_000)] }),
        ]),
        new("A tab",
            AskForSlip with
            {
                SessionType = SessionType.Tab, FulfillmentType = FulfillmentType.DineIn, TableNumber = "05",
            },
        [
            new("session-type-not-allowed", "/sessionType", nameof(TabIsForDiningIn),
                ask => ask with { FulfillmentType = FulfillmentType.Pickup }),
            new("payments-not-allowed", "/payments", nameof(BrokenRule),
                ask => ask with { Payments = [Cash(8_000)] }),
        ]),
        new("In the lane",
            PayNow(Mobile(8_000)) with { FulfillmentType = FulfillmentType.DriveThrough, LaneNumber = "1" },
        [
            new("lane-required", "/laneNumber", nameof(BrokenRule), ask => ask with { LaneNumber = null }),
            new("bill-not-allowed", "/billId", nameof(BrokenRule), ask => ask with { BillId = Unknown }),
            .. EmptyTexts[2..5], .. BadLines, .. BadPhone,
        ]),
        new("From the cart", OnTheApp(AppWallet(8_000)) with { FromCart = true, Items = null, KitchenId = null },
        [
            new("delivery-address-required", "/deliveryAddress", nameof(BrokenRule),
                ask => ask with { DeliveryAddress = null }),
            new("items-not-allowed", "/items", nameof(BrokenRule), ask => ask with { Items = PilauForTwo }),
            new("resolved-field-not-accepted", "/kitchenId", nameof(BrokenRule),
                ask => ask with { KitchenId = MamaNtilie.Id }),
            new("payments-required", "/payments", nameof(BrokenRule), ask => ask with { Payments = null }),
        ]),
        new("On the app", OnTheApp(AppWallet(8_000)),
        [
            new("kitchen-required", "/kitchenId", nameof(BrokenRule), ask => ask with { KitchenId = null }),
            .. EmptyTexts, .. BadLines,
            new("payment-method-not-allowed", "/payments/0/paymentMethod", nameof(PaymentMethodNotAllowed),
                Payment(payment => payment with { PaymentMethod = PaymentMethod.Cash })),
            new("amount-out-of-range", "/payments/0/amount", nameof(BrokenRule),
                Payment(payment => payment with { Amount = new(0) })),
            new("tendered-not-allowed", "/payments/0/tendered", nameof(BrokenRule),
                Payment(payment => payment with { Tendered = new(10_000) })),
            new("kitchen-customer-not-allowed", "/payments/0/kitchenCustomerId", nameof(BrokenRule),
                Payment(payment => payment with { KitchenCustomerId = Unknown })),
            new("kitchen-payment-method-not-allowed", "/payments/0/kitchenPaymentMethodId", nameof(BrokenRule),
                Payment(payment => payment with { KitchenPaymentMethodId = Unknown })),
            new("phone-not-allowed", "/payments/0/phoneNumber", nameof(BrokenRule),
                Payment(payment => payment with { PhoneNumber = "+255700000000" })),
            new("provider-not-allowed", "/payments/0/provider", nameof(BrokenRule),
                Payment(payment => payment with { Provider = "TIGO" })),
            .. BadPhone[2..],
        ]),
        new("What belongs elsewhere", PayNow(Mobile(8_000)),
        [
            new("table-not-allowed", "/tableNumber", nameof(BrokenRule), ask => ask with { TableNumber = "05" }),
            new("lane-not-allowed", "/laneNumber", nameof(BrokenRule), ask => ask with { LaneNumber = "1" }),
            new("delivery-address-not-allowed", "/deliveryAddress", nameof(BrokenRule),
                ask => ask with { DeliveryAddress = GreenGate }),
            new("cart-not-allowed", "/fromCart", nameof(BrokenRule), ask => ask with { FromCart = true }),
            .. BadLines,
        ]),
        new("By wallet", PayNow(Wallet(3_000), Lipa(5_000)),
        [
            new("kitchen-customer-required", "/payments/0/kitchenCustomerId", nameof(BrokenRule),
                Payment(payment => payment with { KitchenCustomerId = null })),
            new("kitchen-payment-method-required", "/payments/1/kitchenPaymentMethodId", nameof(BrokenRule),
                Payment(payment => payment with { KitchenPaymentMethodId = null }, 1)),
            .. BadPhone[2..],
        ]),
        new("Against the kitchen's books", PayNow(Wallet(1_000), Lipa(5_000), Wallet(2_000)),
        [
            .. BadPhone[2..],
            new("kitchen-customer-not-found", "/payments/0/kitchenCustomerId", nameof(KitchenCustomerNotFound),
                Payment(payment => payment with { KitchenCustomerId = Unknown })),
            new("kitchen-payment-method-not-found", "/payments/1/kitchenPaymentMethodId",
                nameof(KitchenPaymentMethodNotFound),
                Payment(payment => payment with { KitchenPaymentMethodId = Unknown }, 1)),
            new("insufficient-wallet-balance", "/payments/0", nameof(InsufficientWalletBalance),
                Payment(payment => payment with { Amount = FatumasBalance + new Money(1) }, 2)),
        ]),
        new("At the counter", PayNow(Cash(8_000)),
        [
            new("tendered-too-little", "/payments/0/tendered", nameof(BrokenRule),
                Payment(payment => payment with { Tendered = new(7_998) })),
            new("payments-total-mismatch", "/payments", nameof(PaymentsTotalMismatch),
                Payment(payment => payment with { Amount = new(7_999) })),
            new("menu-item-unavailable", "/items/0/menuId", nameof(MenuItemUnavailable),
                Line(line => line with { MenuId = Samaki.Id })),
        ]),
    ];

    private static Func<OpenSession, OpenSession> At(Func<DeliveryAddress, DeliveryAddress> change) =>
        ask => ask with { DeliveryAddress = change(ask.DeliveryAddress ?? GreenGate) };

    private static Func<OpenSession, OpenSession> Line(Func<LineRequest, LineRequest> change) =>
        ask => ask with { Items = ask.Items!.Select((line, index) => index == 0 ? change(line) : line).ToSequence() };

    private static Func<OpenSession, OpenSession> Payment(Func<PaymentRequest, PaymentRequest> change, int which = 0) =>
        ask => ask with
        {
            Payments = ask.Payments!.Select((payment, index) =>
                index == which ? change(payment) : payment).ToSequence(),
        };
}
