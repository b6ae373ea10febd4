using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Webhooks;
using static JikoXpress.Domain.FieldRules;
using static JikoXpress.Domain.Sessions.HostedPage.HostedRefusals;

namespace JikoXpress.Domain.Sessions.HostedPage;

/// <summary>The rules of hosted sessions that need only the command, and those that need the store.</summary>
public static class HostedRules
{
    public const int LongestName = 200;
    public const int LongestDescription = 500;
    public const int LongestUrl = 2048;
    public const int LongestEmail = 254; // RFC 5321, section 4.5.3.1.3, without the brackets
    public const int MostMetadata = 5;
    public const int LongestMetadataKey = 40;
    public const int LongestMetadataValue = 500;

    /// <summary>What the button says, unless the shop wants another word.</summary>
    public const string Pay = "pay";

    /// <summary>What merchants write where the customer's session id belongs in an address.</summary>
    public const string SessionIdPlace = "{CHECKOUT_SESSION_ID}";

    public static TimeSpan ShortestLife { get; } = TimeSpan.FromMinutes(1);
    public static TimeSpan LongestLife { get; } = TimeSpan.FromHours(24);

    private static readonly Sequence<string> Sources = ["pos", "web", "mobile", "ussd"];
    private static readonly Sequence<string> SubmitTypes = [Pay, "donate", "book"];
    private static readonly Sequence<string> Modes = ["payment", "subscription", "setup"];
    private static readonly Sequence<string> Methods = [HostedWords.MobileMoney, HostedWords.Card];
    private static readonly Sequence<string> Flows = ["ussd", "ussd_push"];

    /// <summary>Those of the wanted methods that the page can take now; all of those when none are wanted.</summary>
    /// <remarks>The phone that pays the first session of a subscription is asked for the next ones.</remarks>
    internal static Sequence<string> Available(OpenHosted command, SessionFacts facts) =>
    [
        .. Methods.Where(method =>
            command.PaymentMethodTypes?.Contains(method) is not false
            && method switch
            {
                HostedWords.Card => facts.TakesCards && command is { Plan: null, Subscription: null },
                _ => facts.TakesMobileMoney,
            }),
    ];

    /// <summary>The address with the session's id where the merchant wants it.</summary>
    public static string? Filled(string? url, Guid sessionId) =>
        url?.Replace(SessionIdPlace, sessionId.ToString(), StringComparison.Ordinal);

    public static Sequence<Refusal> Broken(OpenHosted command) =>
    [
        .. command.PaymentLinkId is null ? Amounts(command) : SaidByLink(command),
        .. command.Entered is { } entered ? Details(entered, "/customerDetails", "/customFields") : [],
        .. Words(command),
        .. Note(command.Description, "/description", LongestDescription, lineBreaks: true),
        .. Url(command.SuccessUrl, "/successUrl", command.LiveMode),
        .. Url(command.CancelUrl, "/cancelUrl", command.LiveMode),
        .. Filled(command.CallbackUrl, Guid.Empty) is not { } callback
            || OutboundAddress.IsAllowed(callback, command.LiveMode)
            ? []
            : new[] { WebhookRefusals.UrlInvalid("/callbackUrl") },
        .. Email(command.CustomerEmail, "/customerEmail"),
        .. Phone(command.CustomerPhone, "/customerPhone"),
        .. Note(command.ClientReferenceId, "/clientReferenceId", SessionRules.LongestClientReference),
        .. Note(command.ExternalReference, "/externalReference", SessionRules.LongestClientReference),
        .. command is { ClientReferenceId: { } one, ExternalReference: { } other } && one != other
            ? [ReferencesDiffer]
            : Array.Empty<Refusal>(),
        .. command.Shipping is { } shipping ? Shipping(shipping) : [],
        .. Entries(command.Metadata, "/metadata"),
        .. command.ExpiresInSeconds is { } seconds
            && (seconds < ShortestLife.TotalSeconds || seconds > LongestLife.TotalSeconds)
            ? [ExpiryOutOfRange]
            : Array.Empty<Refusal>(),
        .. command is { StoreId: null, PaymentLinkId: null } ? [StoreRequired] : Array.Empty<Refusal>(),
    ];

    public static Sequence<Refusal> Broken(PayHosted command) =>
    [
        .. !Methods.Contains(command.Method)
            ? [UnknownWord("/paymentMethod/type", Listed(Methods))]
            : Array.Empty<Refusal>(),
        .. Phone(command.PhoneNumber, "/paymentMethod/mobileMoney/phoneNumber"),
        .. Note(command.Provider, "/paymentMethod/mobileMoney/operator", SessionRules.LongestProvider),
        .. Word(command.PreferredFlow, "/paymentMethod/mobileMoney/preferredFlow", Flows),
        .. Amount(command.Amount, "/collected/amount"),
        .. Url(command.ReturnUrl, "/returnUrl", isLive: false),
        .. command.Collected is { } collected
            ? Details(collected, "/collected/customerDetails", "/collected/customFields")
            : [],
    ];

    private static IEnumerable<Refusal> Details(CollectedDetails entered, string customer, string fields) =>
    [
        .. Note(entered.Name, $"{customer}/name", LongestName),
        .. Email(entered.Email, $"{customer}/email"),
        .. Phone(entered.PhoneNumber, $"{customer}/phoneNumber"),
        .. Entries(entered.CustomFields, fields),
    ];

    /// <summary>What the payment link says already.</summary>
    private static IEnumerable<Refusal> SaidByLink(OpenHosted command) =>
    [
        .. Amount(command.Amount, "/amount"),
        .. new (object? Given, string Pointer)[]
        {
            (command.LineItems, "/lineItems"), (command.Description, "/description"),
            (command.SubmitType, "/submitType"), (command.SuccessUrl, "/successUrl"),
            (command.CancelUrl, "/cancelUrl"), (command.CallbackUrl, "/callbackUrl"), (command.StoreId, "/storeId"),
        }
            .Where(member => member.Given is not null)
            .Select(member => LinkRefusals.SetByLink(member.Pointer)),
    ];

    /// <summary>What the store does not take.</summary>
    public static Sequence<Refusal> AgainstStore(OpenHosted command, SessionFacts facts)
    {
        var store = facts.Kitchen.Settings;
        return
        [
            .. command.Currency is { } currency
                && !string.Equals(currency, store.Currency.WireName, StringComparison.OrdinalIgnoreCase)
                ? [CurrencyNotSupported(store.Currency.WireName)]
                : Array.Empty<Refusal>(),
            .. OfItsCountry(store, command.Country, "/country", command.CustomerPhone, "/customerPhone"),
            .. command.PaymentMethodTypes switch
            {
                // What is wrong with these was said before.
                [] => [],
                { } wanted when !wanted.All(Methods.Contains) => [],
                _ when Available(command, facts).Count > 0 => [],
                [HostedWords.Card] => [MethodNotAllowed("/paymentMethodTypes")],
                _ => new Sequence<Refusal>([Payments.PaymentRefusals.MobileMoneyUnavailable]),
            },
        ];
    }

    /// <summary>Only phones of the store's country are rung.</summary>
    internal static IEnumerable<Refusal> OfItsCountry(
        KitchenSettings store, string? country, string countryPointer, string? phone, string phonePointer)
    {
        if (country is not null && country != store.Country.WireName)
            yield return CountryNotSupported(countryPointer, store.Country.WireName);
        if (phone is not null && PhoneNumber.IsMobile(phone) && !PhoneNumber.IsOf(phone, store.Country))
            yield return SessionRefusals.PhoneInvalid(phonePointer, store.Country);
    }

    /// <summary>The networks of Tanzania are known. Those of other countries are not, and any name is taken.</summary>
    internal static IEnumerable<Refusal> Operator(PayHosted command) =>
        command.Provider is not { } named || MobileNetworks.Named(named) is not null
        // What cannot be a name at all has been refused already.
        || Note(named, "", SessionRules.LongestProvider).Any()
            ? []
            : [OperatorUnknown];

    private static IEnumerable<Refusal> Amounts(OpenHosted command)
    {
        foreach (var broken in Amount(command.Amount, "/amount")) yield return broken;
        if (command.LineItems is not { } lines)
        {
            if (command.Amount is null) yield return AmountRequired;
            yield break;
        }

        if (command.Amount is not null) yield return AmountNotAllowed;
        if (lines.Count == 0) yield return LineItemsRequired;
        if (lines.Count > SessionRules.MostLines) yield return TooManyLines;
        var isReasonable = true;
        for (var place = 0; place < lines.Count; place++)
        {
            var (line, at) = (lines[place], $"/lineItems/{place}");
            Sequence<Refusal> numbers =
            [
                .. Amount(line.UnitAmount, $"{at}/unitAmount"),
                .. line.Quantity is < 1 or > SessionRules.MostOfOneLine
                    ?
                    [
                        SessionRefusals.BrokenRule(
                            "quantity-out-of-range", $"{at}/quantity",
                            $"A quantity is 1 to {SessionRules.MostOfOneLine}."),
                    ]
                    : Array.Empty<Refusal>(),
            ];
            isReasonable &= numbers.Count == 0;
            foreach (var broken in numbers) yield return broken;
            foreach (var broken in Text(line.Name, $"{at}/name", LongestName)) yield return broken;
            foreach (var broken in Note(line.Description, $"{at}/description", LongestDescription)) yield return broken;
        }

        if (isReasonable && lines.Count <= SessionRules.MostLines && SumOf(lines) > Money.Largest)
            yield return TotalOutOfRange;
    }

    internal static Money SumOf(Sequence<ShopLine> lines) => lines.Sum(line => line.UnitAmount * line.Quantity);

    private static IEnumerable<Refusal> Words(OpenHosted command)
    {
        foreach (var broken in Word(command.Mode, "/mode", Modes)) yield return broken;
        if (command.Mode is "setup") yield return ModeNotSupported;
        foreach (var broken in SubscriptionRules.Broken(command)) yield return broken;
        foreach (var broken in Word(command.Source, "/source", Sources)) yield return broken;
        foreach (var broken in Word(command.SubmitType, "/submitType", SubmitTypes)) yield return broken;
        var methods = command.PaymentMethodTypes;
        for (var place = 0; place < methods?.Count; place++)
        {
            foreach (var broken in Word(methods[place], $"/paymentMethodTypes/{place}", Methods)) yield return broken;
        }

        if (methods is []) yield return NoMethods;
    }

    private static IEnumerable<Refusal> Shipping(ShopShipping shipping) =>
    [
        .. Note(shipping.Name, "/shipping/name", LongestName),
        .. Phone(shipping.PhoneNumber, "/shipping/phoneNumber"),
        .. Note(shipping.Method, "/shipping/method", LongestName),
        .. shipping.Address is { } address ? SessionRules.Address(address, "/shipping/address") : [],
    ];

    private static IEnumerable<Refusal> Entries(Sequence<MetadataEntry>? entries, string at)
    {
        if (entries is null) yield break;
        if (entries.Count > MostMetadata) yield return TooMuchMetadata(at);
        foreach (var (key, value) in entries)
        {
            foreach (var broken in Text(key, at, LongestMetadataKey)) yield return broken;
            foreach (var broken in Note(value, $"{at}/{key}", LongestMetadataValue, lineBreaks: true))
                yield return broken;
        }
    }

    internal static IEnumerable<Refusal> Word(string? word, string pointer, Sequence<string> known) =>
        word is null || known.Contains(word) ? [] : [UnknownWord(pointer, Listed(known))];

    /// <param name="isLive">In test mode a developer's own machine, without TLS, will do.</param>
    private static IEnumerable<Refusal> Url(string? url, string pointer, bool isLive) =>
        url is null || (url.Length <= LongestUrl && IsAddress(Filled(url, Guid.Empty) ?? "", isLive))
            ? []
            : [UrlInvalid(pointer)];

    private static bool IsAddress(string url, bool isLive) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (!isLive && address.Scheme == Uri.UriSchemeHttp))
        && address.UserInfo.Length == 0
        && address.Host.Length > 0
        && TextRules.IsPrintable(url, lineBreaks: false);

    /// <summary>Something, an at sign, and a host with a dot: only a mail can show that it arrives.</summary>
    private static IEnumerable<Refusal> Email(string? email, string pointer) =>
        email is null
        || (email.Length <= LongestEmail && email.Split('@') is [{ Length: > 0 }, { Length: > 2 } host]
            && host.Contains('.', StringComparison.Ordinal) && !email.Any(char.IsWhiteSpace)
            && TextRules.IsPrintable(email, lineBreaks: false))
            ? []
            : [EmailInvalid(pointer)];

    private static string Listed(Sequence<string> words) => string.Join(", ", words);
}
