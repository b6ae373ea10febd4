using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Ports;
using JikoXpress.Payments.Vendors.AzamPay;
using JikoXpress.Payments.Vendors.ClickPesa;
using JikoXpress.Payments.Vendors.PawaPay;
using JikoXpress.Payments.Vendors.Snippe;

namespace JikoXpress.Payments;

/// <summary>Makes the account of a vendor from what is stored of it.</summary>
internal static class VendorAccounts
{
    /// <summary>Null when its secrets cannot be read, or one of them is missing.</summary>
    public static AggregatorAccount? Of(StoredAccount stored)
    {
        if (stored is not { Settings: var settings, Secrets: { WebhookToken: { } token } secrets }) return null;
        var (name, live) = (stored.Name, stored.LiveMode);
        return stored.Vendor switch
        {
            AggregatorVendor.Clickpesa when secrets is { ApiKey: { } apiKey } && settings is { ClientId: { } client } =>
                new ClickPesaSettings(
                    name, live, At(stored, "address", settings.Address), client, apiKey, secrets.ChecksumKey, token,
                    settings.ChecksumMethod is "legacy" ? ClickPesaMethod.Legacy : ClickPesaMethod.Canonical,
                    settings.Preview ?? true, settings.Most?.Shillings ?? 3_000_000),
            AggregatorVendor.Azampay when secrets is { ApiKey: { } apiKey, ClientSecret: { } secret }
                && settings is { ClientId: { } client, AppName: { } app } =>
                new AzamPaySettings(
                    name, live, At(stored, "authenticator", settings.Authenticator),
                    At(stored, "checkout", settings.Checkout), app, client, secret, apiKey, token,
                    settings.PublicKeyPath ?? "azampay/v1/public-key?format=Pem", settings.StatusPath),
            AggregatorVendor.Snippe when secrets is { ApiKey: { } apiKey, WebhookKey: { } key }
                && settings is { PublicAddress: { } own, Email: { } email } =>
                new SnippeSettings(
                    name, live, At(stored, "address", settings.Address), apiKey, key, token,
                    new Uri(new Uri(own), $"/webhooks/payments/{name}/{token}"), email, settings.Payouts ?? true),
            AggregatorVendor.Pawapay when secrets is { ApiToken: { } apiToken } =>
                new PawaPaySettings(
                    name, live, At(stored, "address", settings.Address), apiToken, token,
                    settings.PredictProvider ?? true, settings.Message ?? "JikoXpress order"),
            _ => null,
        };
    }

    private static Uri At(StoredAccount stored, string member, string? given) =>
        new(given ?? VendorAddresses.Of(stored.Vendor, member, stored.LiveMode)[0]);
}
