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
