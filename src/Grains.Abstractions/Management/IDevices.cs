using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>
/// A kitchen's tills, store tablets, kiosks and kitchen displays. A manager asks for a code, which is typed into the
/// device once.
/// </summary>
public interface IDevices
{
    /// <summary>In the order of their pairing, revoked ones included.</summary>
    Task<IReadOnlyList<Device>> List(Guid kitchenId);

    Task<Reply<PairingCode>> Invite(Guid kitchenId, NewDevice device, SecretOperation? once = null);

    /// <summary>Exchanges a code for the device's token.</summary>
    Task<Reply<PairedDevice>> Pair(string code);

    /// <summary>Sets whether POSTs from the device that move money must carry an Idempotency-Key.</summary>
    Task<Reply<Device>> RequireKeys(Guid kitchenId, Guid deviceId, bool required);

    /// <summary>Revokes the device's token, and the sessions of staff signed in at it, at once.</summary>
    Task<Reply<Device>> Revoke(Guid kitchenId, Guid deviceId);
}

/// <param name="Code">Eight characters of Crockford's base 32, good for one use. Shown this once.</param>
public sealed record PairingCode(string Code, DeviceKind Kind, string Name, DateTimeOffset ExpiresAt);

/// <param name="Token">Good until it is revoked. Shown this once.</param>
public sealed record PairedDevice(Device Device, Guid KitchenId, string KitchenName, string Token);
