using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>The staff of a kitchen.</summary>
public interface IStaff
{
    /// <summary>In the order of their numbers, those who have left included.</summary>
    Task<IReadOnlyList<StaffMember>> List(Guid kitchenId);

    Task<Reply<StaffMember>> Add(Guid kitchenId, NewStaffMember member, Operation? operation);

    /// <summary>A member who leaves, or changes role, is signed out everywhere at once.</summary>
    Task<Reply<StaffMember>> Change(Guid kitchenId, Guid staffId, StaffChange change);

    /// <summary>Sets another PIN, signs the member out everywhere and forgets wrong tries.</summary>
    Task<Reply<StaffMember>> ResetPin(Guid kitchenId, Guid staffId, string pin);
}

/// <summary>Staff sign in at a till or store tablet with their number and PIN, for a shift.</summary>
public interface IStaffSessions
{
    /// <param name="deviceId">The till where the member signs in; the kitchen is the till's.</param>
    Task<SignIn> Begin(Guid kitchenId, Guid deviceId, int staffNumber, string pin);

    /// <summary>Ends the session of this token; does nothing when it has ended already.</summary>
    Task End(string token);
}

public abstract record SignIn
{
    private SignIn() { }

    /// <param name="Token">Shown this once.</param>
    public sealed record Welcome(string Token, StaffMember Member, DateTimeOffset ExpiresAt) : SignIn;

    /// <summary>The number or the PIN is wrong; the answer does not say which.</summary>
    public sealed record Wrong : SignIn;

    /// <summary>Too many wrong tries: sign-in with this number is refused at this till for a while.</summary>
    public sealed record Locked(TimeSpan For) : SignIn;

    /// <summary>Too many sign in at the moment; this was not counted as a try.</summary>
    public sealed record Busy : SignIn;
}
