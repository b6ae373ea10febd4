namespace JikoXpress.Domain.Kitchens;

/// <summary>Who says that a payment on a kitchen's own payment method is made.</summary>
public enum ChannelShape
{
    /// <summary>A cashier, who has seen it on a phone.</summary>
    Attested = 1,

    /// <summary>The notification of the till number that the guest has paid from the phone's menu.</summary>
    Till,

    /// <summary>The kitchen's own account at an aggregator, which rings the guest's phone.</summary>
    Account,
}

/// <summary>
/// The names of tills. A network's receipt is used once by all tills of a kitchen at that network, and by all that its
/// cashiers attest.
/// </summary>
public static class TillNames
{
    private const string Prefix = "till";
    private const int PartsOfReceipts = 3;

    /// <summary>What the networks' money is called, and what the networks were called before.</summary>
    private static readonly Dictionary<string, string> Brands = new()
    {
        ["MPESA"] = "VODACOM",
        ["LIPAMPESA"] = "VODACOM",
        ["AIRTELMONEY"] = "AIRTEL",
        ["MIXX"] = "TIGO",
        ["MIXXBYYAS"] = "TIGO",
        ["YAS"] = "TIGO",
        ["TIGOPESA"] = "TIGO",
        ["HALOPESA"] = "HALOTEL",
    };

    /// <summary>The networks of Tanzania whose tills are known.</summary>
    public static Sequence<string> Networks { get; } = ["VODACOM", "AIRTEL", "TIGO", "HALOTEL"];

    /// <summary>The network that a provider's name means: M-Pesa is VODACOM, Mixx TIGO; others as they are.</summary>
    public static string NetworkOf(string provider)
    {
        var word = new string([.. provider.Where(char.IsLetterOrDigit)]).ToUpperInvariant();
        return word.Length == 0 ? "OTHER" : Brands.GetValueOrDefault(word, word);
    }

    /// <summary>The name under which the receipts of a network are kept for a kitchen.</summary>
    public static string Receipts(Guid kitchenId, string provider) =>
        $"{Prefix}:{NetworkOf(provider)}:{kitchenId:N}";

    /// <summary>The name of a till, in the place of an aggregator's account.</summary>
    public static string Of(Guid kitchenId, string provider, string tillNumber) =>
        $"{Receipts(kitchenId, provider)}:{tillNumber}";

    /// <summary>The network in the name of a till, or of a network's receipts.</summary>
    public static string NetworkIn(string adapter) => IsTill(adapter) ? adapter.Split(':')[1] : adapter;

    public static bool IsTill(string adapter) => adapter.StartsWith($"{Prefix}:", StringComparison.Ordinal);

    /// <summary>Under which name the receipts of an account or a till are kept.</summary>
    public static string ReceiptsOf(string adapter) =>
        IsTill(adapter) ? string.Join(':', adapter.Split(':').Take(PartsOfReceipts)) : adapter;
}

/// <summary>The rules for the shapes of a kitchen's own payment methods.</summary>
public static class ChannelShapeRules
{
    public const string TillNumberPattern = "^[0-9]{3,15}$";
    public const int LongestAccount = 32;

    public const int ShortestTillNumber = 3;
    public const int LongestTillNumber = 15;

    /// <summary>What is wrong with the method as a whole.</summary>
    public static Sequence<Refusal> Broken(KitchenPaymentMethod method) =>
    [
        .. (method.Shape, method.TillNumber) switch
        {
            (ChannelShape.Till, null) => [KitchenRefusals.TillNumberRequired],
            (_, { } number) when !IsTillNumber(number) => [KitchenRefusals.TillNumberInvalid],
            _ => Array.Empty<Refusal>(),
        },
        .. method.Shape is ChannelShape.Till && !TillNames.Networks.Contains(TillNames.NetworkOf(method.Provider))
            ? [KitchenRefusals.NetworkUnknown]
            : Array.Empty<Refusal>(),
        .. (method.Shape, method.Account) switch
        {
            (ChannelShape.Account, null) => [KitchenRefusals.AccountRequired],
            (not ChannelShape.Account, not null) => [KitchenRefusals.AccountUnknown],
            (_, { } account) => FieldRules.Text(account, "/account", LongestAccount),
            _ => Array.Empty<Refusal>(),
        },
    ];

    private static bool IsTillNumber(string text) =>
        text.Length is >= ShortestTillNumber and <= LongestTillNumber && text.All(char.IsAsciiDigit);
}
