namespace JikoXpress.Domain.Kitchens;

/// <summary>A person who works in a kitchen.</summary>
/// <param name="StaffNumber">Typed at a till, with the PIN; counted per kitchen and never reused.</param>
/// <param name="Active">
/// False for a member who has left; the row stays, because sessions and the ledger refer to it.
/// </param>
public sealed record StaffMember(Guid Id, string Name, StaffRole Role, int StaffNumber, bool Active);

/// <summary>A kitchen's registered customer, identified by phone, with a prepaid balance.</summary>
public sealed record KitchenCustomer(Guid Id, string Name, string Phone);

/// <summary>A user of the app, with a balance at the platform.</summary>
public sealed record AppAccount(Guid Id, string Name, string Phone, bool LiveMode);

/// <summary>The parts of a prepaid balance.</summary>
/// <param name="Available">Free to spend.</param>
/// <param name="Held">Held for sessions that wait for another payment.</param>
public sealed record WalletBalance(Money Available, Money Held);

/// <summary>
/// A store tablet is a till that is carried around: staff sign in at both. A kiosk and a kitchen display work without
/// anybody who signs in.
/// </summary>
public enum DeviceKind { Pos = 1, Kiosk, StoreTablet, KitchenDisplay }

/// <summary>A till, kiosk, store tablet or kitchen display that has been paired with a kitchen.</summary>
/// <param name="Active">False once its token was revoked.</param>
/// <param name="KeyRequired">Every POST from it that moves money must carry an Idempotency-Key.</param>
public sealed record Device(
    Guid Id, DeviceKind Kind, string Name, DateTimeOffset PairedAt, bool Active, bool KeyRequired);
