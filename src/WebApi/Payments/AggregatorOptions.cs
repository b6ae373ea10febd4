using System.Text.Json;
using JikoXpress.Payments;
using JikoXpress.Payments.Vendors.AzamPay;
using JikoXpress.Payments.Vendors.ClickPesa;
using JikoXpress.Payments.Vendors.PawaPay;
using JikoXpress.Payments.Vendors.Snippe;
using JikoXpress.WebApi.Hosting;

namespace JikoXpress.WebApi.Payments;

/// <summary>
/// JIKO_AGGREGATORS: a JSON file with the accounts at aggregators, in order of preference. Secrets are not in it: it
/// names the file of each. JIKO_AGGREGATOR: which aggregator the simulator of JIKO_SIMULATOR speaks as.
/// </summary>
internal static class AggregatorOptions
{
    private const string Setting = "JIKO_AGGREGATORS";

    private static readonly string[] NotReal = ["sandbox", "simulator", "localhost", "uat"];

    /// <exception cref="InvalidOperationException">
    /// The file cannot be read, an account is not complete, or this is Production and an address is of a sandbox.
    /// </exception>
    public static IReadOnlyList<AggregatorAccount> From(
        IConfiguration configuration, IHostEnvironment environment, SimulatorSettings? simulator)
    {
        List<AggregatorAccount> accounts = [.. InFile(configuration[Setting])];
        if (simulator is not null && SimulatedAccounts.Of(configuration["JIKO_AGGREGATOR"], simulator) is { } simulated)
            accounts.Add(simulated);
        if (accounts.GroupBy(account => account.Name).FirstOrDefault(same => same.Count() > 1) is { Key: var name })
            throw new InvalidOperationException($"{Setting} has two accounts named {name}.");
        foreach (var account in accounts)
        {
            foreach (var address in account.Addresses) MustBeAllowed(account, address, environment);
        }

        return accounts;
    }

    private static void MustBeAllowed(AggregatorAccount account, Uri address, IHostEnvironment environment)
    {
        var isReal = address.Scheme is "https"
            && !address.IsLoopback
            && !NotReal.Any(word => address.Host.Contains(word, StringComparison.OrdinalIgnoreCase));
        if (!isReal && (environment.IsProduction() || account.LiveMode))
            throw new InvalidOperationException(
                $"{address.Host} of account {account.Name} is a sandbox or without TLS: it takes no real money.");
    }

    private static IEnumerable<AggregatorAccount> InFile(string? file)
    {
        if (file is not { Length: > 0 }) return [];
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllText(file), new JsonDocumentOptions { AllowDuplicateProperties = false });
            var list = document.RootElement;
            return list.ValueKind is JsonValueKind.Array
                && list.EnumerateArray().All(element => element.ValueKind is JsonValueKind.Object)
                    ? [.. list.EnumerateArray().Select(element => Account(new AccountMembers(element)))]
                    : throw NoList(inner: null);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or JsonException)
        {
            throw NoList(wrong);
        }
    }

    private static InvalidOperationException NoList(Exception? inner) =>
        new($"{Setting} names a file that is no list of accounts.", inner);

    private static AggregatorAccount Account(AccountMembers members)
    {
        var name = members.Name();
        var live = members.IsTrue("live", otherwise: false);
        AggregatorAccount account = members.Text("vendor") switch
        {
            "CLICKPESA" => new ClickPesaSettings(
                name, live, members.Address("address"), members.Text("clientId"), members.Secret("apiKey"),
                members.SecretIfAny("checksumKey"), members.Secret("webhookToken"),
                members.TextIfAny("checksumMethod") switch
                {
                    null or "canonical" => ClickPesaMethod.Canonical,
                    "legacy" => ClickPesaMethod.Legacy,
                    _ => throw members.Wrong("checksumMethod", "canonical or legacy"),
                },
                members.IsTrue("preview", otherwise: true), members.Number("most", otherwise: 3_000_000)),
            "AZAMPAY" => new AzamPaySettings(
                name, live, members.Address("authenticator"), members.Address("checkout"), members.Text("appName"),
                members.Text("clientId"), members.Secret("clientSecret"), members.Secret("apiKey"),
                members.Secret("webhookToken"),
                members.TextIfAny("publicKeyPath") ?? "azampay/v1/public-key?format=Pem",
                members.TextIfAny("statusPath")),
            "SNIPPE" => new SnippeSettings(
                name, live, members.Address("address"), members.Secret("apiKey"), members.Secret("webhookKey"),
                members.Secret("webhookToken"),
                new Uri(
                    members.Address("publicAddress"),
                    $"/webhooks/payments/{name}/{members.Secret("webhookToken")}"),
                members.Text("email"), members.IsTrue("payouts", otherwise: true)),
            "PAWAPAY" => new PawaPaySettings(
                name, live, members.Address("address"), members.Secret("apiToken"), members.Secret("webhookToken"),
                members.IsTrue("predictProvider", otherwise: true),
                members.TextIfAny("message") ?? "JikoXpress order"),
            _ => throw members.Wrong("vendor", "CLICKPESA, AZAMPAY, SNIPPE or PAWAPAY"),
        };
        members.MustHaveNothingElse();
        return account;
    }

    /// <summary>The members of an account in the file; each is asked for by its name.</summary>
    private sealed class AccountMembers(JsonElement element)
    {
        private const int LongestName = 32;
        private const int ShortestToken = 32;

        private readonly HashSet<string> asked = ["name"];

        public string Name() =>
            Raw("name") is { ValueKind: JsonValueKind.String } text
            && text.GetString() is { Length: > 0 and <= LongestName } name
            && name.All(letter => letter is '-' or (>= 'a' and <= 'z') or (>= '0' and <= '9'))
                ? name
                : throw new InvalidOperationException(
                    $"{Setting}: each account has a name of up to {LongestName} small letters, digits and hyphens.");

        public string Text(string member) => TextIfAny(member) ?? throw Wrong(member, "a text");

        public string? TextIfAny(string member) => Raw(member) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: > 0 } given => given,
            _ => throw Wrong(member, "a text"),
        };

        public Uri Address(string member) =>
            Uri.TryCreate(Text(member), UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                ? address
                : throw Wrong(member, "an address, such as https://api.example.com");

        public bool IsTrue(string member, bool otherwise) => Raw(member) switch
        {
            null => otherwise,
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.False } => false,
            _ => throw Wrong(member, "true or false"),
        };

        public long Number(string member, long otherwise) => Raw(member) switch
        {
            null => otherwise,
            { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var given) && given > 0 => given,
            _ => throw Wrong(member, "a whole number above 0"),
        };

        public string Secret(string member) => SecretIfAny(member) ?? throw Wrong($"{member}File", "a file's name");

        /// <summary>From the file that the member's name with "File" behind it names.</summary>
        public string? SecretIfAny(string member)
        {
            if (TextIfAny($"{member}File") is not { } file) return null;
            string secret;
            try
            {
                if (Secrets.IsOpenToOthers(file)) throw Wrong($"{member}File", "readable by its owner only");
                secret = File.ReadAllText(file).Trim();
            }
            catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
            {
                throw Wrong($"{member}File", "the name of a file that can be read");
            }

            return secret.Length is 0 ? throw Wrong($"{member}File", "a file that is not empty")
                : member is "webhookToken" && secret.Length < ShortestToken
                    ? throw Wrong($"{member}File", $"a file with at least {ShortestToken} characters")
                    : secret;
        }

        public void MustHaveNothingElse()
        {
            foreach (var member in element.EnumerateObject())
            {
                if (!asked.Contains(member.Name))
                    throw new InvalidOperationException(
                        $"{Setting}: account {Name()} has {member.Name}, which is not known here; a secret is in a "
                        + "file of its own.");
            }
        }

        public InvalidOperationException Wrong(string member, string what) =>
            new($"{Setting}: {member} of account {Name()} is {what}.");

        private JsonElement? Raw(string member)
        {
            asked.Add(member);
            return element.TryGetProperty(member, out var value) && value.ValueKind is not JsonValueKind.Null
                ? value
                : null;
        }
    }
}
