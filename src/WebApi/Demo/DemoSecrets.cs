using System.Text.Json;
using System.Text.Json.Serialization;

namespace JikoXpress.WebApi.Demo;

/// <summary>The demo's secrets: PINs, and valid tokens.</summary>
/// <param name="OperatorKey">Null during the set-up, so that an interrupted set-up is continued.</param>
internal sealed record DemoSecrets(
    IReadOnlyList<DemoKitchenSecrets> Kitchens, IReadOnlyList<DemoToken> Accounts, string? OperatorKey,
    DemoToken? Bot = null, DemoToken? Merchant = null)
{
    public static DemoSecrets Begun { get; } = new([], [], null);

    public static DemoSecrets Read(string notes) =>
        JsonSerializer.Deserialize(notes, DemoJson.Default.DemoSecrets)
        ?? throw new JsonException("The demo's notes must not be null.");

    public string Write() => JsonSerializer.Serialize(this, DemoJson.Default.DemoSecrets);
}

internal sealed record DemoKitchenSecrets(
    Guid Id, IReadOnlyList<DemoStaffSecret> Staff, IReadOnlyList<DemoToken> Devices, IReadOnlyList<Guid> Guests);

/// <summary>A device, an account, a bot or a merchant and its token.</summary>
internal sealed record DemoToken(Guid Id, string Token);

/// <param name="Token">Null if the PIN is no longer valid.</param>
internal sealed record DemoStaffSecret(Guid Id, int StaffNumber, string Pin, string? Token, DateTimeOffset? ExpiresAt);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
        [typeof(Domain.WireNameJson<Domain.StaffRole>), typeof(Domain.WireNameJson<Domain.Kitchens.DeviceKind>)])]
[JsonSerializable(typeof(DemoSecrets))]
[JsonSerializable(typeof(DemoView))]
internal sealed partial class DemoJson : JsonSerializerContext;
