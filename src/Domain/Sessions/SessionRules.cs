using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Domain.FieldRules;
using static JikoXpress.Domain.Sessions.SessionRefusals;

namespace JikoXpress.Domain.Sessions;

/// <summary>The rules that need only the command itself. All broken rules are reported at once.</summary>
public static class SessionRules
{
    public const int MostLines = 100;
    public const int MostPayments = 10;
    public const int MostOfOneLine = 999;
    public const int LongestInstructions = 500;
    public const int LongestTableNumber = 16;
    public const int LongestLaneNumber = 16;
    public const int LongestTag = 64;
    public const int LongestClientReference = 100;
    public const int LongestAddressPart = 200;
    public const int LongestProvider = 32;

    /// <summary>Every rule that the command breaks, in the order of the API reference's sections.</summary>
    /// <param name="country">The kitchen's; null where it is not known yet.</param>
    public static Sequence<Refusal> Broken(OpenSession command, Country? country = null) =>
    [
        .. Terms(command),
        .. ConditionalFields(command, country),
        .. Texts(command),
        // A slip of an earlier build, which took such members, is issued anew as it was.
        .. command.ReissueOf is null ? Misplaced(command) : [],
        .. Lines(command),
        .. Payments(command.Payments ?? [], command.Channel, ChannelTerms.Of(command.Channel).Methods),
    ];

    /// <summary>
    /// Every rule that a preview breaks. Payments may be missing; a cart is priced by GET /cart/preview, not here.
    /// </summary>
    public static Sequence<Refusal> BrokenPreview(OpenSession command) =>
    [
        .. Broken(command).Where(refusal => refusal.Code is not "payments-required"),
        .. command is { Channel: Channel.App, FromCart: true }
            ? [BrokenRule("items-required", "/fromCart", "GET /cart/preview says what the cart costs.")]
            : Array.Empty<Refusal>(),
    ];

    /// <summary>Every rule that payments at a till break, except their sum, which needs the session or bill.</summary>
    /// <param name="what">What is paid, for the caller who does not say how.</param>
    internal static Sequence<Refusal> AtTheTill(
        Sequence<PaymentRequest>? payments, Sequence<PaymentMethod> methods, string what) => payments is { Count: > 0 }
            ? [.. Payments(payments, Channel.Pos, methods)]
            : [BrokenRule("payments-required", "/payments", $"Say how the {what} is paid.")];

    private static IEnumerable<Refusal> Terms(OpenSession command)
    {
        var types = ChannelTerms.Of(command.Channel).Types;
        if (!types.Contains(command.SessionType))
            yield return SessionTypeNotAllowed(command.Channel, command.SessionType, types);
        else if (command is { SessionType: SessionType.Tab, FulfillmentType: not FulfillmentType.DineIn })
            yield return TabIsForDiningIn;

        if (!FulfillmentTerms.AllowedOn(command.Channel).Contains(command.FulfillmentType))
            yield return ChannelFulfillmentNotAllowed(command.Channel, command.FulfillmentType);
    }

    private static IEnumerable<Refusal> ConditionalFields(OpenSession command, Country? country)
    {
        if (command is { FulfillmentType: FulfillmentType.DineIn, TableNumber: null })
            yield return BrokenRule("table-required", "/tableNumber", "DINE_IN needs the table's number.");
        if (command is { FulfillmentType: FulfillmentType.DriveThrough, LaneNumber: null })
            yield return BrokenRule("lane-required", "/laneNumber", "DRIVE_THROUGH needs the lane's number.");
        if (command is { FulfillmentType: FulfillmentType.Delivery, DeliveryAddress: null })
            yield return BrokenRule("delivery-address-required", "/deliveryAddress", "DELIVERY needs an address.");
        if (command is { Channel: Channel.Whatsapp, CustomerPhone: null })
            yield return BrokenRule(
                "customer-phone-required", "/customerPhone", "WHATSAPP names its guest by phone.");
        foreach (var broken in Phone(command.CustomerPhone, "/customerPhone", country)) yield return broken;

        var fromCart = command is { Channel: Channel.App, FromCart: true };
        if (command.Channel is Channel.App or Channel.Whatsapp && !fromCart && command.KitchenId is null)
            yield return BrokenRule("kitchen-required", "/kitchenId", "Say which kitchen cooks.");
        if (fromCart && command.Items is not null)
            yield return BrokenRule("items-not-allowed", "/items", "The cart holds the items.");
        if (fromCart && command.KitchenId is not null)
            yield return BrokenRule("resolved-field-not-accepted", "/kitchenId", "The cart knows its kitchens.");
        if (!fromCart && command.Items is not { Count: > 0 })
            yield return BrokenRule("items-required", "/items", "A session has at least one item.");

        if (command.SessionType == SessionType.Immediate && command.Payments is not { Count: > 0 })
            yield return BrokenRule(
                "payments-required", "/payments", "An IMMEDIATE session is paid at once: say how.");
        if (command.SessionType != SessionType.Immediate && command.Payments is not null)
            yield return BrokenRule(
                "payments-not-allowed", "/payments",
                $"A {command.SessionType.WireName} is paid later: leave payments out.");
        if (command.SessionType != SessionType.Tab && command.BillId is not null)
            yield return BrokenRule("bill-not-allowed", "/billId", "Only a TAB goes onto a bill.");
    }

    /// <summary>Members that say nothing on this channel, or for this way of serving.</summary>
    private static IEnumerable<Refusal> Misplaced(OpenSession command)
    {
        if (command is { FulfillmentType: not FulfillmentType.DineIn, TableNumber: not null })
            yield return BrokenRule("table-not-allowed", "/tableNumber", "Only DINE_IN is brought to a table.");
        if (command is { FulfillmentType: not FulfillmentType.DriveThrough, LaneNumber: not null })
            yield return BrokenRule("lane-not-allowed", "/laneNumber", "Only DRIVE_THROUGH waits in a lane.");
        if (command is { FulfillmentType: not FulfillmentType.Delivery, DeliveryAddress: not null })
            yield return BrokenRule(
                "delivery-address-not-allowed", "/deliveryAddress", "Only DELIVERY is brought to an address.");
        if (command is { Channel: not Channel.App, FromCart: true })
            yield return BrokenRule("cart-not-allowed", "/fromCart", "Only app users have carts.");
    }

    private static IEnumerable<Refusal> Lines(OpenSession command)
    {
        var items = command.Items ?? [];
        if (items.Count > MostLines)
            yield return BrokenRule("too-many-items", "/items", $"At most {MostLines} lines.");

        for (var line = 0; line < items.Count; line++)
        {
            if (items[line].Quantity is < 1 or > MostOfOneLine)
                yield return BrokenRule(
                    "quantity-out-of-range", $"/items/{line}/quantity", $"A quantity is 1 to {MostOfOneLine}.");
            foreach (var broken in Note(
                items[line].ItemInstructions, $"/items/{line}/itemInstructions", LongestInstructions, lineBreaks: true))
                yield return broken;
        }
    }

    private static IEnumerable<Refusal> Payments(
        Sequence<PaymentRequest> payments, Channel channel, Sequence<PaymentMethod> methods)
    {
        if (payments.Count > MostPayments)
            yield return BrokenRule("too-many-payments", "/payments", $"At most {MostPayments} payments.");

        for (var place = 0; place < payments.Count; place++)
        {
            var payment = payments[place];
            if (!methods.Contains(payment.PaymentMethod))
                yield return PaymentMethodNotAllowed(
                    payment.PaymentMethod, channel, $"/payments/{place}/paymentMethod");
            // In the app the wallet is always the caller's own, so no code is needed.
            if (payment.WalletAuthorization is not null
                && (payment.PaymentMethod is not PaymentMethod.PlatformWallet || channel is Channel.App))
                yield return PaymentRefusals.WalletAuthorizationNotAllowed(place);
            foreach (var broken in Payment(payment, $"/payments/{place}")) yield return broken;
        }

        foreach (var broken in ChannelRules.Twice(payments)) yield return broken;
    }

    private static IEnumerable<Refusal> Payment(PaymentRequest payment, string at)
    {
        foreach (var broken in Amount(payment.Amount, $"{at}/amount")) yield return broken;

        if (payment.Tendered is not null && payment.PaymentMethod != PaymentMethod.Cash)
            yield return BrokenRule("tendered-not-allowed", $"{at}/tendered", "Only CASH is put down and changed.");
        else if (payment.Tendered < payment.Amount)
            yield return BrokenRule(
                "tendered-too-little", $"{at}/tendered", $"This does not pay {payment.Amount}.");
        else if (payment.Tendered > Money.Largest)
            yield return BrokenRule(
                "amount-out-of-range", $"{at}/tendered", $"An amount must be 1 to {Money.Largest}.");

        var byWallet = payment.PaymentMethod == PaymentMethod.KitchenWallet;
        if (byWallet && payment.KitchenCustomerId is null)
            yield return BrokenRule(
                "kitchen-customer-required", $"{at}/kitchenCustomerId", "KITCHEN_WALLET needs the customer.");
        if (!byWallet && payment.KitchenCustomerId is not null)
            yield return BrokenRule(
                "kitchen-customer-not-allowed", $"{at}/kitchenCustomerId", "Only KITCHEN_WALLET names a customer.");

        var byChannel = payment.PaymentMethod == PaymentMethod.KitchenChannel;
        if (byChannel && payment.KitchenPaymentMethodId is null)
            yield return BrokenRule(
                "kitchen-payment-method-required", $"{at}/kitchenPaymentMethodId",
                "KITCHEN_CHANNEL requires the kitchen's payment method.");
        if (!byChannel && payment.KitchenPaymentMethodId is not null)
            yield return BrokenRule(
                "kitchen-payment-method-not-allowed", $"{at}/kitchenPaymentMethodId",
                "A kitchen payment method is accepted only with KITCHEN_CHANNEL.");

        foreach (var broken in ChannelRules.Receipt(payment, at)) yield return broken;

        var byPhone = payment.PaymentMethod == PaymentMethod.MobileMoney;
        // Whether the kitchen's method asks a phone is known when it is looked up.
        if (!byPhone && !(byChannel && payment.KitchenPaymentMethodId is not null) && payment.PhoneNumber is not null)
            yield return BrokenRule(
                "phone-not-allowed", $"{at}/phoneNumber", "Only MOBILE_MONEY is paid by phone.");
        if (!byPhone && payment.Provider is not null)
            yield return BrokenRule(
                "provider-not-allowed", $"{at}/provider", "Only MOBILE_MONEY has a provider.");
        foreach (var broken in Phone(payment.PhoneNumber, $"{at}/phoneNumber")) yield return broken;
        foreach (var broken in Note(payment.Provider, $"{at}/provider", LongestProvider)) yield return broken;
    }

    private static IEnumerable<Refusal> Texts(OpenSession command) =>
    [
        .. Note(command.TableNumber, "/tableNumber", LongestTableNumber),
        .. Note(command.LaneNumber, "/laneNumber", LongestLaneNumber),
        .. Note(command.Tag, "/tag", LongestTag),
        .. Note(command.OrderInstructions, "/orderInstructions", LongestInstructions, lineBreaks: true),
        .. Note(command.ClientReference, "/clientReference", LongestClientReference),
        .. command.DeliveryAddress is { } address ? Address(address, "/deliveryAddress") : [],
    ];

    internal static IEnumerable<Refusal> Address(DeliveryAddress address, string at) =>
    [
        .. Note(address.Street, $"{at}/street", LongestAddressPart),
        .. Note(address.Area, $"{at}/area", LongestAddressPart),
        .. Note(address.City, $"{at}/city", LongestAddressPart),
        .. Note(address.Notes, $"{at}/notes", LongestInstructions, lineBreaks: true),
        .. Degrees(address.Latitude, 90, $"{at}/latitude"),
        .. Degrees(address.Longitude, 180, $"{at}/longitude"),
    ];

    private static IEnumerable<Refusal> Degrees(double? degrees, int most, string at) =>
        degrees is { } angle && !(Math.Abs(angle) <= most)
            ? [BrokenRule("coordinate-out-of-range", at, $"Between -{most} and {most} degrees.")]
            : [];
}
