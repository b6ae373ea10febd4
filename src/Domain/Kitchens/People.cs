namespace JikoXpress.Domain.Kitchens;

/// <summary>Somebody who works in a kitchen.</summary>
/// <param name="StaffNumber">What is typed at a till, with the PIN; counted per kitchen and never given twice.</param>
/// <param name="Active">Who has left keeps a row, since sessions and ledgers name them.</param>
public sealed record StaffMember(Guid Id, string Name, StaffRole Role, int StaffNumber, bool Active);

/// <summary>A guest whom the kitchen knows by phone, with a prepaid balance.</summary>
public sealed record KitchenCustomer(Guid Id, string Name, string Phone);

/// <summary>A user of the app, with a balance at the platform.</summary>
public sealed record AppAccount(Guid Id, string Name, string Phone, bool LiveMode);

/// <summary>What a prepaid balance holds.</summary>
/// <param name="Available">Free to spend.</param>
/// <param name="Held">Kept for sessions that still wait for another payment.</param>
public sealed record WalletBalance(Money Available, Money Held);

public enum DeviceKind { Pos = 1, Kiosk }

/// <summary>A till or a kiosk that has been paired with a kitchen.</summary>
/// <param name="Active">False once its token was revoked.</param>
/// <param name="KeyRequired">Every POST from it that moves money must carry an Idempotency-Key.</param>
public sealed record Device(
    Guid Id, DeviceKind Kind, string Name, DateTimeOffset PairedAt, bool Active, bool KeyRequired);
