using JikoXpress.Domain;

namespace JikoXpress.Grains.Abstractions.Callers;

/// <summary>Who stands behind a request, as its credential says.</summary>
/// <param name="Id">The staff member, kiosk device, account or key.</param>
/// <param name="Role">Only staff have one.</param>
/// <param name="LiveMode">False for test credentials, which see and move only test data.</param>
/// <param name="KeyRequired">The caller set that every POST that moves money must carry an Idempotency-Key.</param>
/// <param name="Phone">Of an app account: the one that rings where a payment names none.</param>
/// <param name="Kitchens">Those that a bot takes orders for.</param>
/// <param name="TableNumber">Of a guest at a table: the table, which is the guest's device as well.</param>
public sealed record Principal(
    CallerKind Kind, Guid Id, string Name, Guid? KitchenId, Guid? DeviceId, StaffRole? Role, bool LiveMode,
    bool KeyRequired, string? Phone = null, Sequence<Guid>? Kitchens = null, string? TableNumber = null)
{
    public Caller Caller => new(Kind, Id, KitchenId, DeviceId);

    /// <summary>A caller that belongs to kitchens orders from no other.</summary>
    public bool MayOrderFrom(Guid kitchenId) =>
        KitchenId is { } own ? own == kitchenId : Kitchens?.Contains(kitchenId) ?? true;
}

/// <summary>Finds who holds a credential. Only hashes of credentials are stored.</summary>
public interface ICredentials
{
    /// <summary>An answer may be up to five seconds old, save that a revocation on this host counts at once.</summary>
    ValueTask<CredentialAnswer> Find(BearerToken token);
}

public abstract record CredentialAnswer
{
    private CredentialAnswer() { }

    public sealed record Found(Principal Principal) : CredentialAnswer;

    public sealed record Expired : CredentialAnswer;

    public sealed record Unknown : CredentialAnswer;
}
