using System.Globalization;
using static JikoXpress.Domain.Kitchens.KitchenRefusals;

namespace JikoXpress.Domain.Kitchens;

/// <summary>The rules for staff, their PINs, and devices.</summary>
public static class StaffRules
{
    public const int MostMembers = 500;
    public const int MostDevices = 100;
    public const int ShortestPin = 4;
    public const int LongestPin = 6;

    /// <summary>How long a sign-in lasts, in hours: a shift, at most a day.</summary>
    public const int ShortestSession = 1, UsualSession = 8, LongestSession = 24;

    /// <param name="shortestPin">This installation's minimum length, at least <see cref="ShortestPin"/>.</param>
    /// <param name="strictPins">As of <see cref="BrokenPin"/>.</param>
    public static Sequence<Refusal> Broken(NewStaffMember member, int shortestPin, bool strictPins = false) =>
    [
        .. FieldRules.Name(member.Name),
        .. BrokenPin(member.Pin, shortestPin, strictPins),
    ];

    public static Sequence<Refusal> Broken(StaffChange change) => [.. FieldRules.Name(change.Name)];

    /// <param name="strict">Real money: PINs that everybody tries first are refused, too.</param>
    public static Sequence<Refusal> BrokenPin(string pin, int shortestPin, bool strict = false)
    {
        if (pin.Length < shortestPin || pin.Length > LongestPin || pin.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return [PinInvalid(shortestPin)];
        return IsRun(pin, step: 0) || (strict && IsTriedFirst(pin)) ? [PinTooSimple] : [];
    }

    /// <summary>
    /// Digits that go up or down (1234, 9876, 7890, 2468, 8642), that repeat (1212, 123123), or in pairs (1122), and
    /// what people have from their birthday.
    /// </summary>
    private static bool IsTriedFirst(string pin) =>
        IsRun(pin, step: 1) || IsRun(pin, step: 9) || IsRun(pin, step: 2) || IsRun(pin, step: 8)
        || Repeats(pin, 2) || Repeats(pin, 3)
        || pin.Chunk(2).All(pair => pair is [var one, var other] && one == other)
        || IsYear(pin) || IsBirthday(pin);

    /// <summary>1900 to 2099: the year of a birth, a wedding or the kitchen.</summary>
    private static bool IsYear(string pin) => pin is ['1', '9', _, _] or ['2', '0', _, _];

    /// <summary>Six digits that are a date as people here write it: day, month and year, as in 240687.</summary>
    private static bool IsBirthday(string pin) =>
        pin.Length is 6
        && int.Parse(pin.AsSpan(0, 2), CultureInfo.InvariantCulture) is >= 1 and <= 31
        && int.Parse(pin.AsSpan(2, 2), CultureInfo.InvariantCulture) is >= 1 and <= 12;

    /// <summary>Each digit is <paramref name="step"/> more than the one before it, and 0 follows 9.</summary>
    private static bool IsRun(string pin, int step) =>
        Enumerable.Range(1, pin.Length - 1).All(place => (pin[place - 1] - '0' + step) % 10 == pin[place] - '0');

    private static bool Repeats(string pin, int length) =>
        pin.Length > length && pin.Length % length == 0
        && Enumerable.Range(length, pin.Length - length).All(place => pin[place] == pin[place - length]);

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
