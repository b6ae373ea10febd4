using static JikoXpress.Domain.Kitchens.KitchenRefusals;

namespace JikoXpress.Domain.Kitchens;

/// <summary>The rules for staff, their PINs, and devices.</summary>
public static class StaffRules
{
    public const int MostMembers = 500;
    public const int MostDevices = 100;
    public const int ShortestPin = 4;
    public const int LongestPin = 6;

    /// <param name="shortestPin">This installation's minimum length, at least <see cref="ShortestPin"/>.</param>
    public static Sequence<Refusal> Broken(NewStaffMember member, int shortestPin) =>
    [
        .. FieldRules.Name(member.Name),
        .. BrokenPin(member.Pin, shortestPin),
    ];

    public static Sequence<Refusal> Broken(StaffChange change) => [.. FieldRules.Name(change.Name)];

    public static Sequence<Refusal> BrokenPin(string pin, int shortestPin) =>
        pin.Length < shortestPin || pin.Length > LongestPin || pin.AsSpan().ContainsAnyExceptInRange('0', '9')
            ? [PinInvalid(shortestPin)]
            : pin.AsSpan().ContainsAnyExcept(pin[0]) ? [] : [PinTooSimple];

    public static Sequence<Refusal> Broken(NewDevice device) => BrokenName(device.Name);

    public static Sequence<Refusal> BrokenName(string name) => [.. FieldRules.Name(name)];
}

/// <summary>
/// Limits PIN tries: five wrong tries in a row lock the staff number, and each five more lock it for longer, up to 15
/// minutes.
/// </summary>
public static class PinTries
{
    /// <summary>The number of wrong tries in a row that locks the staff number.</summary>
    public const int BeforeLock = 5;

    private static readonly TimeSpan[] Locks =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];

    /// <summary>How long the staff number is locked after this many wrong tries in a row; zero if it is not.</summary>
    public static TimeSpan LockAfter(int wrongTries) => wrongTries == 0 || wrongTries % BeforeLock != 0
        ? TimeSpan.Zero
        : Locks[Math.Min(wrongTries / BeforeLock, Locks.Length) - 1];
}
