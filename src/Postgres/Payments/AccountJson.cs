using System.Text.Json;
using System.Text.Json.Serialization;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Postgres.Payments;

/// <summary>Settings and secrets of payment accounts as they stand in their rows.</summary>
internal static class AccountJson
{
    public static string Write(PaymentAccountSettings settings) =>
        JsonSerializer.Serialize(settings, AccountRowsJson.Default.PaymentAccountSettings);

    public static string Write(PaymentAccountSecrets secrets) =>
        JsonSerializer.Serialize(secrets, AccountRowsJson.Default.PaymentAccountSecrets);

    public static string Write(Sequence<SecretHint> hints) =>
        JsonSerializer.Serialize([.. hints], AccountRowsJson.Default.SecretHintArray);

    public static PaymentAccountSettings Settings(string text) =>
        JsonSerializer.Deserialize(text, AccountRowsJson.Default.PaymentAccountSettings) ?? new();

    public static PaymentAccountSecrets Secrets(string text) =>
        JsonSerializer.Deserialize(text, AccountRowsJson.Default.PaymentAccountSecrets) ?? new();

    public static Sequence<SecretHint> Hints(string text) =>
        (JsonSerializer.Deserialize(text, AccountRowsJson.Default.SecretHintArray) ?? []).ToSequence();
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PaymentAccountSettings))]
[JsonSerializable(typeof(PaymentAccountSecrets))]
[JsonSerializable(typeof(SecretHint[]))]
internal sealed partial class AccountRowsJson : JsonSerializerContext;
