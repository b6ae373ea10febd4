using static JikoXpress.Domain.Sessions.SessionRefusals;

namespace JikoXpress.Domain.Kitchens;

/// <summary>The rules for a kitchen's accounts at aggregators.</summary>
public static class PaymentAccountRules
{
    public const int MostAccounts = 8;

    /// <summary>Removed ones included: their names are never used again.</summary>
    public const int MostAccountsEver = 50;

    public const int LongestName = 32;
    public const int LongestSetting = 200;
    public const int LongestSecret = 2_000;
    public const int LongestMessage = 22;
    public const int ShortestMessage = 4;

    /// <summary>The token of the webhooks stands in their address, and must not be guessed.</summary>
    public const int ShortestToken = 32;
    public const int LongestToken = 128;

    private static readonly Dictionary<AggregatorVendor, Terms> Vendors = new()
    {
        [AggregatorVendor.Clickpesa] = new(
            Needs: ["clientId"], May: ["address", "checksumMethod", "preview", "most"],
            NeedsSecret: ["apiKey", "webhookToken"], MaySecret: ["checksumKey"]),
        [AggregatorVendor.Azampay] = new(
            Needs: ["appName", "clientId"], May: ["authenticator", "checkout", "publicKeyPath", "statusPath"],
            NeedsSecret: ["clientSecret", "apiKey", "webhookToken"], MaySecret: []),
        [AggregatorVendor.Snippe] = new(
            Needs: ["publicAddress", "email"], May: ["address", "payouts"],
            NeedsSecret: ["apiKey", "webhookKey", "webhookToken"], MaySecret: []),
        [AggregatorVendor.Pawapay] = new(
            Needs: [], May: ["address", "predictProvider", "message"],
            NeedsSecret: ["apiToken", "webhookToken"], MaySecret: []),
    };

    /// <summary>The rules that can be checked without knowing the kitchen.</summary>
    public static Sequence<Refusal> Broken(NewPaymentAccount account) =>
    [
        .. IsName(account.Name) ? Array.Empty<Refusal>() : [PaymentAccountRefusals.NameInvalid],
        .. Broken(account.Vendor, account.Settings, account.Secrets.Hints()),
        .. Broken(account.Secrets),
    ];

    /// <summary>All rules for an account to add.</summary>
    /// <param name="liveMode">The kitchen's mode.</param>
    /// <param name="simulator">The address of the simulator, where test kitchens may have accounts.</param>
    public static Sequence<Refusal> Broken(NewPaymentAccount account, bool liveMode, Uri? simulator) =>
        [.. Broken(account), .. Misplaced(account.Settings, account.Vendor, liveMode, simulator)];

    /// <summary>All rules for an account as a change makes it.</summary>
    /// <param name="changed">The account after the change.</param>
    public static Sequence<Refusal> Broken(
        PaymentAccount changed, PaymentAccountChange change, bool liveMode, Uri? simulator) =>
    [
        .. Broken(changed.Vendor, changed.Settings, changed.Secrets),
        .. Broken(change.Secrets ?? new PaymentAccountSecrets()),
        .. Misplaced(changed.Settings, changed.Vendor, liveMode, simulator),
        .. change.Position is < 1 or > MostAccounts ? [PaymentAccountRefusals.PositionInvalid] : Array.Empty<Refusal>(),
        .. changed.Removed && (change.Active is true || change.Position is not null)
            ? [PaymentAccountRefusals.Removed]
            : Array.Empty<Refusal>(),
    ];

    private static bool IsName(string name) => name.Length is > 0 and <= LongestName
        && name.All(letter => letter is '-' or (>= 'a' and <= 'z') or (>= '0' and <= '9'));

    /// <summary>What the vendor needs and is not there, what it does not have and is, and what has a wrong value.
    /// </summary>
    private static IEnumerable<Refusal> Broken(
        AggregatorVendor vendor, PaymentAccountSettings settings, Sequence<SecretHint> secrets)
    {
        if (!Vendors.TryGetValue(vendor, out var terms)) yield break;
        foreach (var (name, value) in settings.Members)
        {
            var pointer = $"/settings/{name}";
            if (value is null)
            {
                if (terms.Needs.Contains(name)) yield return PaymentAccountRefusals.Missing(vendor, pointer);
            }
            else if (!terms.Needs.Contains(name) && !terms.May.Contains(name))
            {
                yield return PaymentAccountRefusals.Unknown(vendor, pointer);
            }
            else if (value is string text)
            {
                foreach (var refusal in FieldRules.Text(text, pointer, LongestSetting, longNumbers: true))
                    yield return refusal;
            }
        }

        foreach (var name in terms.NeedsSecret.Where(name => secrets.All(secret => secret.Name != name)))
            yield return PaymentAccountRefusals.Missing(vendor, $"/secrets/{name}");
        foreach (var secret in secrets)
        {
            if (!terms.NeedsSecret.Contains(secret.Name) && !terms.MaySecret.Contains(secret.Name))
                yield return PaymentAccountRefusals.Unknown(vendor, $"/secrets/{secret.Name}");
        }

        if (settings.ChecksumMethod is not (null or "canonical" or "legacy"))
            yield return InvalidText("/settings/checksumMethod", "canonical, or legacy.");
        foreach (var refusal in FieldRules.Amount(settings.Most, "/settings/most")) yield return refusal;
        if (settings.Message is { } message && !IsMessage(message))
            yield return InvalidText(
                "/settings/message", $"{ShortestMessage} to {LongestMessage} letters, digits and blanks.");
    }

    private static bool IsMessage(string message) => message.Length is >= ShortestMessage and <= LongestMessage
        && message.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is ' ');

    private static IEnumerable<Refusal> Broken(PaymentAccountSecrets secrets)
    {
        foreach (var (name, value) in secrets.Members)
        {
            if (value is null) continue;
            // They travel in headers, in which nothing but these stands.
            if (value.Length is 0 or > LongestSecret || value.Any(letter => letter is < '!' or > '~'))
                yield return InvalidText(
                    $"/secrets/{name}", $"1 to {LongestSecret} visible characters of ASCII, without blanks.");
        }

        if (secrets.WebhookToken is { } token
            && (token.Length is < ShortestToken or > LongestToken || !token.All(char.IsAsciiLetterOrDigit)))
            yield return InvalidText(
                "/secrets/webhookToken", $"{ShortestToken} to {LongestToken} letters and digits.");
    }

    /// <summary>
    /// Requests of an account go to the vendor and nowhere else, so that nobody has this installation ask addresses of
    /// their choice.
    /// </summary>
    private static IEnumerable<Refusal> Misplaced(
        PaymentAccountSettings settings, AggregatorVendor vendor, bool liveMode, Uri? simulator)
    {
        foreach (var (name, value) in (IEnumerable<(string, string?)>)
            [("address", settings.Address), ("authenticator", settings.Authenticator), ("checkout", settings.Checkout)])
        {
            var allowed = VendorAddresses.Of(vendor, name, liveMode);
            if (value is not null && allowed.Count > 0
                && !allowed.Contains(value.TrimEnd('/'), StringComparer.Ordinal)
                && !(!liveMode && IsAt(simulator, value)))
                yield return PaymentAccountRefusals.AddressNotAllowed(
                    $"/settings/{name}", string.Join(", ", allowed));
        }

        // Not asked by us: the vendor sends its webhooks there, with the token in the path.
        if (settings.PublicAddress is { } own && !IsPublic(own, liveMode))
            yield return PaymentAccountRefusals.PublicAddressInvalid;
    }

    private static bool IsAt(Uri? simulator, string text) => simulator is not null
        && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.GetLeftPart(UriPartial.Authority) == simulator.GetLeftPart(UriPartial.Authority)
        && address.UserInfo.Length is 0 && address.Query.Length is 0 && address.Fragment.Length is 0;

    private static bool IsPublic(string text, bool liveMode) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme is "https" || (!liveMode && address.Scheme is "http"))
        && (!liveMode || !address.IsLoopback)
        && address.UserInfo.Length is 0 && address.Query.Length is 0 && address.Fragment.Length is 0;

    /// <summary>The members that accounts of a vendor have.</summary>
    private sealed record Terms(string[] Needs, string[] May, string[] NeedsSecret, string[] MaySecret);
}

/// <summary>
/// The addresses of the aggregators, from their documents. For an account at another one, such as a new sandbox, the
/// file of the installation is there.
/// </summary>
public static class VendorAddresses
{
    private static readonly Dictionary<(AggregatorVendor Vendor, string Member), (string[] Live, string[] Test)> Known =
        new()
        {
            [(AggregatorVendor.Clickpesa, "address")] = (
                ["https://api.clickpesa.com/third-parties"],
                ["https://api-sandbox.clickpesa.com/third-parties", "https://sandbox.clickpesa.com/third-parties"]),
            [(AggregatorVendor.Azampay, "authenticator")] = (
                ["https://authenticator.azampay.co.tz"], ["https://authenticator-sandbox.azampay.co.tz"]),
            [(AggregatorVendor.Azampay, "checkout")] = (
                ["https://checkout.azampay.co.tz"], ["https://sandbox.azampay.co.tz"]),
            // It has one address; its keys say whether money moves.
            [(AggregatorVendor.Snippe, "address")] = (["https://api.snippe.sh"], ["https://api.snippe.sh"]),
            [(AggregatorVendor.Pawapay, "address")] = (
                ["https://api.pawapay.io"], ["https://api.sandbox.pawapay.io"]),
        };

    /// <summary>The addresses that a member may have, the usual one first; none where it is no address.</summary>
    public static IReadOnlyList<string> Of(AggregatorVendor vendor, string member, bool liveMode) =>
        Known.TryGetValue((vendor, member), out var known) ? liveMode ? known.Live : known.Test : [];
}
