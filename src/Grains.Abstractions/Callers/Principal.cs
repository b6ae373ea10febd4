using System.Security.Cryptography;
using System.Text;
using JikoXpress.Domain;

namespace JikoXpress.Grains.Abstractions.Callers;

/// <summary>The authenticated caller of a request.</summary>
/// <param name="Id">The staff member, kiosk device, account or key; a merchant, whichever of its keys was used.</param>
/// <param name="Role">Only staff have one.</param>
/// <param name="LiveMode">False for test credentials, which see and move only test data.</param>
/// <param name="KeyRequired">Every POST that moves money must carry an Idempotency-Key: the caller set this.</param>
/// <param name="Phone">Of an app account: the phone to push to when a payment names none.</param>
/// <param name="Kitchens">The kitchens that a bot takes orders for; a merchant's stores.</param>
/// <param name="TableNumber">Of a guest at a table: the table, which is also the guest's device.</param>
/// <param name="Scopes">What a merchant's key or app token may do.</param>
/// <param name="KeyId">The merchant's key; null for an app token, and for all other callers.</param>
public sealed record Principal(
    CallerKind Kind, Guid Id, string Name, Guid? KitchenId, Guid? DeviceId, StaffRole? Role, bool LiveMode,
    bool KeyRequired, string? Phone = null, Sequence<Guid>? Kitchens = null, string? TableNumber = null,
    Sequence<string>? Scopes = null, Guid? KeyId = null)
{
    public Caller Caller => new(Kind, Id, KitchenId, DeviceId);

    /// <summary>A caller that is bound to kitchens may order only from those.</summary>
    public bool MayOrderFrom(Guid kitchenId) =>
        KitchenId is { } own ? own == kitchenId : Kitchens?.Contains(kitchenId) ?? true;
}

/// <summary>Finds the principal of a credential. Only hashes of credentials are stored.</summary>
public interface ICredentials
{
    /// <summary>
    /// An answer may come from a cache and be up to five seconds old. A revocation in this process counts at once.
    /// </summary>
    ValueTask<CredentialAnswer> Find(BearerToken token);
}

public abstract record CredentialAnswer
{
    private CredentialAnswer() { }

    public sealed record Found(Principal Principal) : CredentialAnswer;

    public sealed record Expired : CredentialAnswer;

    public sealed record Unknown : CredentialAnswer;
}

/// <summary>The secret that a request carries, and its hash; only the hash may be stored.</summary>
public sealed class BearerToken(string text)
{
    public string Text => text;

    /// <summary>SHA-256, computed once per request.</summary>
    public byte[] Hash { get; } = HashOf(text);

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
