using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.WebApi.Answers;
using static JikoXpress.Domain.Kitchens.PaymentAccountRules;

namespace JikoXpress.WebApi.Payments;

/// <summary>An account at an aggregator to add.</summary>
/// <param name="Name">Small letters, digits and hyphens; in the path of its webhooks, and never used again.</param>
/// <param name="Vendor">The aggregator.</param>
internal sealed record NewPaymentAccountBody(
    [RegularExpression("^[a-z0-9-]{1,32}$")] string Name, AggregatorVendor Vendor,
    PaymentAccountSecretsBody Secrets, PaymentAccountSettingsBody? Settings = null)
{
    public NewPaymentAccount Command() =>
        new(Name, Vendor, Settings?.Settings() ?? new PaymentAccountSettings(), Secrets.Secrets());
}

/// <summary>Changes of an account.</summary>
/// <param name="Settings">For operators.</param>
/// <param name="Secrets">For operators: those to be replaced.</param>
/// <param name="Active">False: no new payment goes to it.</param>
/// <param name="Position">Its new place in the order of preference, from 1.</param>
internal sealed record PaymentAccountChangeBody(
    PaymentAccountSettingsBody? Settings = null, PaymentAccountSecretsBody? Secrets = null, bool? Active = null,
    [Range(1, MostAccounts)] int? Position = null)
{
    public PaymentAccountChange Command() => new(Settings?.Settings(), Secrets?.Secrets(), Active, Position);
}

/// <summary>What an account has that is no secret. The vendor says which members it has.</summary>
/// <param name="Address">Where the aggregator is, if not at its usual address.</param>
/// <param name="Authenticator">AZAMPAY: where its tokens are, if not at the usual address.</param>
/// <param name="Checkout">AZAMPAY: where its pushes go, if not to the usual address.</param>
/// <param name="ClientId">CLICKPESA and AZAMPAY: from the dashboard.</param>
/// <param name="AppName">AZAMPAY: from the portal.</param>
/// <param name="PublicAddress">SNIPPE: the address of this installation, as the internet sees it.</param>
/// <param name="Email">SNIPPE: an address of the restaurant.</param>
/// <param name="ChecksumMethod">CLICKPESA: canonical, or legacy. Default canonical.</param>
/// <param name="Preview">CLICKPESA: ask before a push whether the phone can be reached. Default true.</param>
/// <param name="Most">CLICKPESA: the largest push, in whole shillings. Default 3000000.</param>
/// <param name="PublicKeyPath">AZAMPAY: where its key is, below the checkout's address.</param>
/// <param name="StatusPath">AZAMPAY: where it is asked about a push, below the checkout's address.</param>
/// <param name="Payouts">SNIPPE: refunds go out as payouts. Default true.</param>
/// <param name="PredictProvider">PAWAPAY: ask for the network of a phone. Default true.</param>
/// <param name="Message">PAWAPAY: 4 to 22 letters that the guest's phone shows.</param>
internal sealed record PaymentAccountSettingsBody(
    [Length(1, LongestSetting)] string? Address = null,
    [Length(1, LongestSetting)] string? Authenticator = null,
    [Length(1, LongestSetting)] string? Checkout = null,
    [Length(1, LongestSetting)] string? ClientId = null,
    [Length(1, LongestSetting)] string? AppName = null,
    [Length(1, LongestSetting)] string? PublicAddress = null,
    [Length(1, LongestSetting)] string? Email = null,
    [RegularExpression("^(canonical|legacy)$")] string? ChecksumMethod = null,
    bool? Preview = null,
    [Range(1, Money.MostShillings)] Money? Most = null,
    [Length(1, LongestSetting)] string? PublicKeyPath = null,
    [Length(1, LongestSetting)] string? StatusPath = null,
    bool? Payouts = null,
    bool? PredictProvider = null,
    [Length(ShortestMessage, LongestMessage)] string? Message = null)
{
    public PaymentAccountSettings Settings() => new(
        Address, Authenticator, Checkout, ClientId, AppName, PublicAddress, Email, ChecksumMethod, Preview, Most,
        PublicKeyPath, StatusPath, Payouts, PredictProvider, Message);
}

/// <summary>The secrets of an account. The vendor says which of them it has. They are never shown.</summary>
/// <param name="ApiKey">CLICKPESA, AZAMPAY and SNIPPE.</param>
/// <param name="ApiToken">PAWAPAY.</param>
/// <param name="ChecksumKey">CLICKPESA: without it no webhook can be proven.</param>
/// <param name="ClientSecret">AZAMPAY.</param>
/// <param name="WebhookKey">SNIPPE: the key that its webhooks are signed with.</param>
/// <param name="WebhookToken">All: the end of the webhooks' address, 32 to 128 letters and digits of your own.</param>
internal sealed record PaymentAccountSecretsBody(
    [Length(1, LongestSecret)] string? ApiKey = null,
    [Length(1, LongestSecret)] string? ApiToken = null,
    [Length(1, LongestSecret)] string? ChecksumKey = null,
    [Length(1, LongestSecret)] string? ClientSecret = null,
    [Length(1, LongestSecret)] string? WebhookKey = null,
    [Length(ShortestToken, LongestToken)] string? WebhookToken = null)
{
    public PaymentAccountSecrets Secrets() =>
        new(ApiKey, ApiToken, ChecksumKey, ClientSecret, WebhookKey, WebhookToken);

    /// <summary>Without the secrets, for logs.</summary>
    public override string ToString() => "secrets of an account";
}

/// <summary>A kitchen's own account at an aggregator.</summary>
/// <param name="Active">False: no new payment goes to it.</param>
/// <param name="Removed">True: no new payment goes to it ever again; its old ones are still looked after.</param>
/// <param name="Position">Its place in the order of preference, from 1; left out when it is removed.</param>
/// <param name="Secrets">Which secrets it has.</param>
internal sealed record PaymentAccountView(
    Guid Id, string Name, AggregatorVendor Vendor, bool Active, bool Removed, int? Position,
    PaymentAccountSettingsView Settings, IReadOnlyList<SecretHintView> Secrets, DateTimeOffset CreatedAt)
{
    public string Object { get; } = "payment_account";

    public static PaymentAccountView Of(PaymentAccount account) => new(
        account.Id, account.Name, account.Vendor, account.Active, account.Removed,
        account.Removed ? null : account.Position, PaymentAccountSettingsView.Of(account.Settings),
        [.. account.Secrets.Select(secret => new SecretHintView(secret.Name, secret.EndsWith))], account.CreatedAt);
}

internal sealed record PaymentAccountSettingsView(
    string? Address, string? Authenticator, string? Checkout, string? ClientId, string? AppName, string? PublicAddress,
    string? Email, string? ChecksumMethod, bool? Preview, Money? Most, string? PublicKeyPath, string? StatusPath,
    bool? Payouts, bool? PredictProvider, string? Message)
{
    public static PaymentAccountSettingsView Of(PaymentAccountSettings settings) => new(
        settings.Address, settings.Authenticator, settings.Checkout, settings.ClientId, settings.AppName,
        settings.PublicAddress, settings.Email, settings.ChecksumMethod, settings.Preview, settings.Most,
        settings.PublicKeyPath, settings.StatusPath, settings.Payouts, settings.PredictProvider, settings.Message);
}

/// <summary>That an account has a secret.</summary>
/// <param name="Name">The member of `secrets` that it was given as.</param>
/// <param name="EndsWith">Its last four characters; left out for one of fewer than 16.</param>
internal sealed record SecretHintView(string Name, string? EndsWith);

/// <summary>Which live kitchens cannot take mobile money.</summary>
/// <param name="Ready">True when there are none.</param>
internal sealed record PaymentReadinessView(bool Ready, IReadOnlyList<UnreadyKitchenView> Kitchens)
{
    public string Object { get; } = "payment_readiness";

    public static PaymentReadinessView Of(IReadOnlyList<UnreadyKitchen> kitchens) => new(
        kitchens.Count is 0,
        [.. kitchens.Select(kitchen => new UnreadyKitchenView(kitchen.KitchenId, kitchen.Name, kitchen.Reason))]);
}

/// <param name="Reason">
/// NO_ACCOUNT: it has none of its own, and neither has the installation a live one. SWITCHED_OFF: all of its own are.
/// UNUSABLE: the secrets of its own cannot be read by the host that was asked.
/// </param>
internal sealed record UnreadyKitchenView(Guid Id, string Name, UnreadyReason Reason);

/// <summary>Whether mobile money works, as far as hosts have noticed.</summary>
/// <param name="Accounts">The accounts that take the kitchen's payments, in the order of preference.</param>
internal sealed record MobileMoneyView(MobileMoneyStatus Status, IReadOnlyList<MobileMoneyAccountView> Accounts)
{
    public string Object { get; } = "mobile_money";

    public static MobileMoneyView Of(IReadOnlyList<MobileMoneyAccountView> accounts) => new(
        accounts.Count is 0 ? MobileMoneyStatus.Unavailable
        : accounts.All(account => account.Status is AccountCondition.Down) ? MobileMoneyStatus.Down
        : accounts.Any(account => account.Status is not AccountCondition.Available) ? MobileMoneyStatus.Degraded
        : MobileMoneyStatus.Available,
        accounts);
}

internal enum MobileMoneyStatus { Available = 1, Degraded, Down, Unavailable }

/// <param name="Name">The account's name.</param>
internal sealed record MobileMoneyAccountView(string Name, AccountCondition Status);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(InstantJson), typeof(WireNameJson<AggregatorVendor>), typeof(WireNameJson<UnreadyReason>),
        typeof(WireNameJson<MobileMoneyStatus>), typeof(WireNameJson<AccountCondition>)])]
[JsonSerializable(typeof(MobileMoneyView))]
[JsonSerializable(typeof(ListView<PaymentAccountView>))]
[JsonSerializable(typeof(PaymentReadinessView))]
internal sealed partial class PaymentAccountJson : JsonSerializerContext;
