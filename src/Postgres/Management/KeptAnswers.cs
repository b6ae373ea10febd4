using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Shifts;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Management;

/// <summary>The stored answers of operations, so that a repeated request gets the same answer.</summary>
internal static class KeptAnswers
{
    private const string Insert = """
        INSERT INTO jiko.operation (id, fingerprint, grain_kind, grain_key, version, state, at)
        VALUES ($1, $2, 'NONE', $3, 1, '', $4) ON CONFLICT DO NOTHING
        """;

    /// <summary>
    /// Claims the operation for this transaction. False if it was done before. While another transaction holds the
    /// claim, this waits for its end.
    /// </summary>
    public static async Task<bool> Claim(
        NpgsqlConnection connection, Operation operation, Guid subject, DateTimeOffset at) =>
        await connection.Run(
            Insert, Sql.Of(operation.Id), Sql.Of(operation.Fingerprint), Sql.Of(subject), Sql.Of(at)) == 1;

    public static Task Keep<T>(NpgsqlConnection connection, Operation operation, T answer) => connection.Run(
        "UPDATE jiko.operation SET state = $2 WHERE id = $1", Sql.Of(operation.Id), Sql.Of(Write(answer)));

    /// <summary>The stored answer, or a refusal if the key was used for another request.</summary>
    public static async Task<Reply<T>> Replay<T>(NpgsqlConnection connection, Operation operation) =>
        await Known<T>(connection, operation) ?? SessionRefusals.RequestInProgress;

    /// <summary>As <see cref="Replay"/>; null when the operation was not done yet.</summary>
    public static async Task<Reply<T>?> Known<T>(NpgsqlConnection connection, Operation operation)
    {
        var kept = await connection.Row(
            "SELECT fingerprint, state FROM jiko.operation WHERE id = $1",
            row => new Kept(row.GetGuid(0), row.GetString(1)), Sql.Of(operation.Id));
        if (kept is null) return null;
        return operation.IsThatOf(kept.Fingerprint)
            ? new Reply<T>.Accepted(Read<T>(kept.State), Version: 0, Replayed: true)
            : SessionRefusals.IdempotencyKeyReused;
    }

    public static string Write<T>(T answer) => JsonSerializer.Serialize(answer, typeof(T), KeptAnswersJson.Default);

    private static T Read<T>(string text) =>
        (T?)JsonSerializer.Deserialize(text, typeof(T), KeptAnswersJson.Default)
        ?? throw new JsonException($"A stored {typeof(T).Name} must not be null.");

    private sealed record Kept(Guid Fingerprint, string State);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WireNameJson<StaffRole>), typeof(WireNameJson<PaymentMethod>), typeof(WireNameJson<ShiftKind>),
        typeof(WireNameJson<DrawerMovementKind>), typeof(WireNameJson<DeviceKind>),
        typeof(WireNameJson<AggregatorVendor>), typeof(WireNameJson<ChannelShape>), typeof(WireNameJson<Currency>),
        typeof(WireNameJson<PaymentExceptionKind>), typeof(WireNameJson<PaymentExceptionDecision>),
        typeof(WireNameJson<SubscriptionStatus>), typeof(WireNameJson<PeriodState>),
        typeof(SequenceJsonFactory)])]
[JsonSerializable(typeof(Kitchen))]
[JsonSerializable(typeof(MenuItem))]
[JsonSerializable(typeof(KitchenPaymentMethod))]
[JsonSerializable(typeof(PaymentException))]
[JsonSerializable(typeof(PaymentAccount))]
[JsonSerializable(typeof(StaffMember))]
[JsonSerializable(typeof(DiningTable))]
[JsonSerializable(typeof(CustomerWallet))]
[JsonSerializable(typeof(AccountWallet))]
[JsonSerializable(typeof(WalletTopUp))]
[JsonSerializable(typeof(Shift))]
[JsonSerializable(typeof(DrawerMovement))]
[JsonSerializable(typeof(ShiftReport))]
[JsonSerializable(typeof(NewOperatorKey))]
[JsonSerializable(typeof(NewBotKey))]
[JsonSerializable(typeof(Merchant))]
[JsonSerializable(typeof(NewMerchantKey))]
[JsonSerializable(typeof(NewAppToken))]
[JsonSerializable(typeof(NewWebhookSubscription))]
[JsonSerializable(typeof(NewWebhookSecret))]
[JsonSerializable(typeof(Register))]
[JsonSerializable(typeof(SettlementWallet))]
[JsonSerializable(typeof(Payout))]
[JsonSerializable(typeof(PaymentLink))]
[JsonSerializable(typeof(Subscription))]
[JsonSerializable(typeof(ImmutableArray<LinkLine>))]
[JsonSerializable(typeof(ImmutableArray<CustomField>))]
[JsonSerializable(typeof(ImmutableArray<MetadataEntry>))]
[JsonSerializable(typeof(ImmutableArray<string>))]
[JsonSerializable(typeof(IssuedToken))]
[JsonSerializable(typeof(PairingCode))]
[JsonSerializable(typeof(ImmutableArray<Guid>))]
[JsonSerializable(typeof(ImmutableArray<Takings>))]
[JsonSerializable(typeof(ImmutableArray<DrawerMovement>))]
[JsonSerializable(typeof(ImmutableArray<CountCorrection>))]
[JsonSerializable(typeof(ImmutableArray<LateCorrection>))]
[JsonSerializable(typeof(ImmutableArray<SecretHint>))]
[JsonSerializable(typeof(ImmutableArray<WebhookSecret>))]
[JsonSerializable(typeof(ImmutableArray<AttestedReceipt>))]
internal sealed partial class KeptAnswersJson : JsonSerializerContext;
