using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Domain.Sessions.Payments;

/// <summary>The kitchen's own payment method, as it was when a payment on it began.</summary>
/// <param name="Adapter">The account that rings the phone, or the name of the till.</param>
/// <param name="Network">The network whose receipts it gives.</param>
/// <param name="TillNumber">What the guest pays; null where the method has no number.</param>
public sealed record OwnChannel(ChannelShape Shape, string Adapter, string Network, string? TillNumber)
{
    public static OwnChannel Of(KitchenPaymentMethod method, Guid kitchenId) => new(
        method.Shape,
        method switch
        {
            { Shape: ChannelShape.Account, Account: { } account } => account,
            { TillNumber: { } number } => TillNames.Of(kitchenId, method.Provider, number),
            _ => TillNames.Receipts(kitchenId, method.Provider),
        },
        TillNames.NetworkOf(method.Provider), method.TillNumber);
}

/// <summary>A cashier has seen the network's receipt and says so. It is kept, and no receipt is used twice.</summary>
/// <param name="Receipt">Capital letters and digits.</param>
/// <param name="Adapter">The till, or the network in this kitchen, whose receipt it is.</param>
/// <param name="By">The staff member.</param>
public sealed record Attestation(string Receipt, string Adapter, Guid By);

/// <summary>What is known of a receipt that is to be attested.</summary>
/// <param name="IsUsed">It belongs to another payment, or the money was given back.</param>
/// <param name="SessionId">The session of that payment; null when it is not known.</param>
/// <param name="Notified">What the till says that it has brought; null when the till has said nothing.</param>
public sealed record KnownReceipt(bool IsUsed, Guid? SessionId = null, Money? Notified = null);

/// <summary>The codes of networks' receipts.</summary>
public static class ReceiptCode
{
    public const string Pattern = "^[0-9A-Za-z .:/-]{4,48}$";

    private const int Shortest = 4, Longest = 32;

    /// <summary>
    /// The code without blanks and signs, in capital letters, so that each way of typing it is the same code; null when
    /// it cannot be one.
    /// </summary>
    public static string? Of(string text)
    {
        var code = new char[text.Length];
        var length = 0;
        foreach (var letter in text)
        {
            if (char.IsAsciiLetterOrDigit(letter)) code[length++] = char.ToUpperInvariant(letter);
            else if (letter is not (' ' or '.' or ':' or '/' or '-')) return null;
        }

        return length is >= Shortest and <= Longest ? new string(code, 0, length) : null;
    }

    /// <summary>
    /// True when the network's codes usually look otherwise. Networks change them without a word, so nothing is refused
    /// for it. By messages of 2025: M-Pesa ten to twelve letters and digits; Airtel Money letters, a date, a time and a
    /// number; Mixx and HaloPesa digits only.
    /// </summary>
    public static bool IsUnusual(string network, string receipt) => network switch
    {
        "VODACOM" => receipt.Length is < 10 or > 12 || receipt.All(char.IsAsciiDigit),
        "AIRTEL" => receipt.Length is < 10 or > 24 || !char.IsAsciiLetter(receipt[0]),
        "TIGO" or "HALOTEL" => receipt.Length is < 8 or > 20 || !receipt.All(char.IsAsciiDigit),
        _ => false,
    };
}

/// <summary>The refusals of payments on a kitchen's own payment methods.</summary>
public static class ChannelRefusals
{
    public const string UsedReceipt = "receipt-used";

    private const string Detail = "sessionId";

    /// <param name="pointer">The receipt in the request.</param>
    public static Refusal ReceiptUsed(string pointer, Guid? sessionId = null) => new(
        RefusalStage.State, UsedReceipt, "This receipt belongs to another payment, or was given back.", pointer,
        sessionId is { } known ? [new RefusalDetail(Detail, $"{known}")] : null);

    public static Refusal ReceiptAmountMismatch(string pointer, Money notified) => new(
        RefusalStage.Rules, "receipt-amount-mismatch",
        $"The till says that this receipt brought {notified}.", pointer, [RefusalDetail.Of("received", notified)]);

    public static Refusal ReceiptRequired(string pointer) => new(
        RefusalStage.Rules, "receipt-required", "On this payment method the network's receipt has to be typed.",
        pointer);

    public static Refusal ReceiptNotAllowed(string pointer) => new(
        RefusalStage.Rules, "receipt-not-allowed",
        "Only a KITCHEN_CHANNEL that the kitchen's phone or till sees has a receipt to type.", pointer);

    public static Refusal ReceiptInvalid(string pointer) => new(
        RefusalStage.Rules, "receipt-invalid",
        "A receipt has 4 to 32 letters and digits, and stands on one payment.", pointer);
}

/// <summary>The rules for payments on a kitchen's own payment methods.</summary>
internal static class ChannelRules
{
    /// <summary>What is wrong with the receipt, whatever the kitchen has set.</summary>
    /// <param name="at">The payment in the request.</param>
    public static IEnumerable<Refusal> Receipt(PaymentRequest payment, string at)
    {
        if (payment.Receipt is not { } text) yield break;
        if (payment.PaymentMethod is not PaymentMethod.KitchenChannel)
            yield return ChannelRefusals.ReceiptNotAllowed($"{at}/receipt");
        else if (ReceiptCode.Of(text) is null) yield return ChannelRefusals.ReceiptInvalid($"{at}/receipt");
    }

    /// <summary>A receipt that stands on two of the payments.</summary>
    public static IEnumerable<Refusal> Twice(Sequence<PaymentRequest> payments)
    {
        if (payments.Count < 2) yield break;
        var seen = new HashSet<(Guid?, string)>();
        foreach (var (place, payment) in payments.Index())
        {
            if (payment is { PaymentMethod: PaymentMethod.KitchenChannel, Receipt: { } text }
                && ReceiptCode.Of(text) is { } code && !seen.Add((payment.KitchenPaymentMethodId, code)))
                yield return ChannelRefusals.ReceiptInvalid($"/payments/{place}/receipt");
        }
    }

    /// <summary>What is wrong by what the kitchen has set, and by what its till says of the receipt.</summary>
    public static IEnumerable<Refusal> AgainstFacts(
        PaymentRequest payment, int place, KitchenPaymentMethod method, SessionFacts facts)
    {
        var at = $"/payments/{place}";
        if (method is { Shape: ChannelShape.Account } && payment.Receipt is not null)
            yield return ChannelRefusals.ReceiptNotAllowed($"{at}/receipt");
        if (method is { Shape: ChannelShape.Attested, ReceiptRequired: true } && payment.Receipt is null)
            yield return ChannelRefusals.ReceiptRequired($"{at}/receipt");
        if (method is { Shape: ChannelShape.Attested } && payment.PhoneNumber is not null)
            yield return SessionRefusals.BrokenRule(
                "phone-not-allowed", $"{at}/phoneNumber", "This payment method asks no phone.");
        if (method is { Shape: ChannelShape.Account, Account: { } account }
            && facts.Accounts is { } accounts && !accounts.Contains(account))
            yield return PaymentRefusals.MobileMoneyUnavailable;
        if (payment.Known is { IsUsed: false, Notified: { } notified } && notified != payment.Amount)
            yield return ChannelRefusals.ReceiptAmountMismatch($"{at}/receipt", notified);
    }

    /// <summary>The receipts of the payments that are used already.</summary>
    public static Sequence<Refusal> Used(Sequence<PaymentRequest> payments)
    {
        Sequence<Refusal> used = [];
        for (var place = 0; place < payments.Count; place++)
        {
            if (payments[place].Known is { IsUsed: true } known)
                used = used.With(ChannelRefusals.ReceiptUsed($"/payments/{place}/receipt", known.SessionId));
        }

        return used;
    }

    /// <summary>What is known of a receipt speaks against counting it as this amount.</summary>
    public static Refusal? Against(KnownReceipt? known, Money amount, string pointer) => known switch
    {
        { IsUsed: true, SessionId: var session } => ChannelRefusals.ReceiptUsed(pointer, session),
        { Notified: { } notified } when notified != amount =>
            ChannelRefusals.ReceiptAmountMismatch(pointer, notified),
        _ => null,
    };
}

/// <summary>Payments on a kitchen's own payment methods.</summary>
public static class ChannelPayments
{
    extension(PaymentRequest request)
    {
        /// <summary>What the cashier attests with the request; null when it has no receipt.</summary>
        internal Attestation? AttestedBy(Caller by) => request is { Receipt: { } text, Channel: { } channel }
            && ReceiptCode.Of(text) is { } receipt
                ? new Attestation(receipt, channel.Adapter, by.Id)
                : null;

        /// <summary>What the payment waits for; null where staff attest it.</summary>
        internal OwnChannel? Awaited => request.Receipt is null
            && request.Channel is { Shape: not ChannelShape.Attested } channel ? channel : null;

        /// <summary>The request where a manager takes the money at once, whatever the method waits for.</summary>
        internal PaymentRequest TakenByHand =>
            request.Receipt is null ? request with { Channel = null } : request;
    }

    extension(Payment payment)
    {
        /// <summary>It waits for the notification of the kitchen's till.</summary>
        public bool IsAtTill => payment is { IsByPhone: true, Channel.Shape: ChannelShape.Till };

        /// <summary>References that fit no notification any more, since the payment is over or attested.</summary>
        internal IEnumerable<Effect> NotAwaited() => (payment.Attempts ?? [])
            .Where(offer => offer.Status is AttemptStatus.Offered && TillNames.IsTill(offer.Adapter))
            .Select(offer => new Effect.CloseAttempt(offer.Reference, AttemptStatus.Failed));
    }
}
