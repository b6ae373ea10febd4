namespace JikoXpress.Domain.Kitchens;

/// <summary>The aggregators that there are adapters for.</summary>
public enum AggregatorVendor { Clickpesa = 1, Azampay, Snippe, Pawapay }

/// <summary>
/// An account of a kitchen's own at an aggregator. What its secrets are, nobody is told: they are stored encrypted, and
/// replaced by others.
/// </summary>
/// <param name="Name">In the path of its webhooks and in each of its attempts: unique, and never used again.</param>
/// <param name="Secrets">Which secrets it has.</param>
/// <param name="Active">False: no new payment goes to it.</param>
/// <param name="Removed">
/// True: no new payment goes to it ever again. Webhooks, queries and refunds of its payments still do.
/// </param>
/// <param name="Position">Its place in the order of preference, from 1; 0 when it is removed.</param>
public sealed record PaymentAccount(
    Guid Id, string Name, AggregatorVendor Vendor, PaymentAccountSettings Settings, Sequence<SecretHint> Secrets,
    bool Active, bool Removed, int Position, DateTimeOffset CreatedAt);

/// <summary>The settings of an account that are no secrets. Which of them there are is said by its vendor.</summary>
/// <param name="Address">CLICKPESA, SNIPPE, PAWAPAY: where it is; null is the vendor's usual address.</param>
/// <param name="Authenticator">AZAMPAY: where its tokens are; null is the usual address.</param>
/// <param name="Checkout">AZAMPAY: where its pushes go; null is the usual address.</param>
/// <param name="PublicAddress">SNIPPE: the address of this installation, as the internet sees it.</param>
/// <param name="Email">SNIPPE: an address of the restaurant, which stands for each customer's.</param>
/// <param name="ChecksumMethod">CLICKPESA: canonical, or legacy.</param>
/// <param name="Preview">CLICKPESA: asks before a push whether the phone's network can be reached.</param>
/// <param name="Most">CLICKPESA: the largest push, in whole shillings.</param>
/// <param name="PublicKeyPath">AZAMPAY: the path of its key, below the checkout's address.</param>
/// <param name="StatusPath">AZAMPAY: the path of its query, below the checkout's address.</param>
/// <param name="Payouts">SNIPPE: refunds go out as payouts.</param>
/// <param name="PredictProvider">PAWAPAY: it is asked for the network of a phone.</param>
/// <param name="Message">PAWAPAY: what the guest's phone shows.</param>
public sealed record PaymentAccountSettings(
    string? Address = null, string? Authenticator = null, string? Checkout = null, string? ClientId = null,
    string? AppName = null, string? PublicAddress = null, string? Email = null, string? ChecksumMethod = null,
    bool? Preview = null, Money? Most = null, string? PublicKeyPath = null, string? StatusPath = null,
    bool? Payouts = null, bool? PredictProvider = null, string? Message = null)
{
    /// <summary>The members by their names, null where they are not given.</summary>
    internal IEnumerable<(string Name, object? Value)> Members =>
    [
        ("address", Address), ("authenticator", Authenticator), ("checkout", Checkout), ("clientId", ClientId),
        ("appName", AppName), ("publicAddress", PublicAddress), ("email", Email), ("checksumMethod", ChecksumMethod),
        ("preview", Preview), ("most", Most), ("publicKeyPath", PublicKeyPath), ("statusPath", StatusPath),
        ("payouts", Payouts), ("predictProvider", PredictProvider), ("message", Message),
    ];

    /// <summary>These settings, with those that a change has.</summary>
    public PaymentAccountSettings With(PaymentAccountSettings? change) => change is null ? this : new(
        change.Address ?? Address, change.Authenticator ?? Authenticator, change.Checkout ?? Checkout,
        change.ClientId ?? ClientId, change.AppName ?? AppName, change.PublicAddress ?? PublicAddress,
        change.Email ?? Email, change.ChecksumMethod ?? ChecksumMethod, change.Preview ?? Preview, change.Most ?? Most,
        change.PublicKeyPath ?? PublicKeyPath, change.StatusPath ?? StatusPath, change.Payouts ?? Payouts,
        change.PredictProvider ?? PredictProvider, change.Message ?? Message);
}

/// <summary>The secrets of an account. Which of them there are is said by its vendor.</summary>
public sealed record PaymentAccountSecrets(
    string? ApiKey = null, string? ApiToken = null, string? ChecksumKey = null, string? ClientSecret = null,
    string? WebhookKey = null, string? WebhookToken = null)
{
    /// <summary>A shorter secret is not hinted at: four characters of it would be too much.</summary>
    private const int ShortestHinted = 16;

    private const int Hinted = 4;

    /// <summary>The members by their names, null where they are not given.</summary>
    internal IEnumerable<(string Name, string? Value)> Members =>
    [
        ("apiKey", ApiKey), ("apiToken", ApiToken), ("checksumKey", ChecksumKey), ("clientSecret", ClientSecret),
        ("webhookKey", WebhookKey), ("webhookToken", WebhookToken),
    ];

    /// <summary>Which secrets there are, and how they end.</summary>
    public Sequence<SecretHint> Hints() => Members
        .Where(member => member.Value is not null)
        .Select(member => new SecretHint(
            member.Name, member.Value is { Length: >= ShortestHinted } secret ? secret[^Hinted..] : null))
        .ToSequence();

    /// <summary>These secrets, with those that a change has.</summary>
    public PaymentAccountSecrets With(PaymentAccountSecrets? change) => change is null ? this : new(
        change.ApiKey ?? ApiKey, change.ApiToken ?? ApiToken, change.ChecksumKey ?? ChecksumKey,
        change.ClientSecret ?? ClientSecret, change.WebhookKey ?? WebhookKey, change.WebhookToken ?? WebhookToken);

    /// <summary>Without the secrets, for logs.</summary>
    public override string ToString() => "secrets of an account";
}

/// <summary>That an account has a secret.</summary>
/// <param name="EndsWith">Its last four characters, by which people tell keys apart; null for a short one.</param>
public sealed record SecretHint(string Name, string? EndsWith);

/// <summary>An account to add. It is of the kitchen's mode, live or test.</summary>
public sealed record NewPaymentAccount(
    string Name, AggregatorVendor Vendor, PaymentAccountSettings Settings, PaymentAccountSecrets Secrets);

/// <summary>Changes of an account; what is null stays.</summary>
/// <param name="Position">The place to which it moves, from 1; the others move up or down.</param>
public sealed record PaymentAccountChange(
    PaymentAccountSettings? Settings = null, PaymentAccountSecrets? Secrets = null, bool? Active = null,
    int? Position = null)
{
    /// <summary>
    /// It says only which of the accounts that are there are used, and in which order; not where money goes.
    /// </summary>
    public bool IsOfUseOnly => Settings is null && Secrets is null;
}

/// <summary>A kitchen, and the accounts of its own that take new payments.</summary>
/// <param name="Accounts">
/// Their names, in the order of preference; empty when all are switched off; null when it has none of its own, and
/// those of the installation are used.
/// </param>
public sealed record AccountsOfKitchen(Kitchen Kitchen, Sequence<string>? Accounts);

/// <summary>How an account has answered pushes lately.</summary>
public enum AccountCondition
{
    Available = 1,

    /// <summary>The last push had no answer.</summary>
    Degraded,

    /// <summary>Several pushes in a row had no answer; new payments go to the next account.</summary>
    Down,
}
