using static JikoXpress.Domain.Kitchens.KitchenRefusals;

namespace JikoXpress.Domain.Kitchens;

/// <summary>The rules for a kitchen's name and settings.</summary>
public static class KitchenRules
{
    public const int LongestName = FieldRules.LongestName;
    public const int LargestThreshold = 1_000;

    // A guest needs time to find the phone and the PIN; a held item must not be kept for half a day.
    public const int ShortestTimeoutSeconds = 30;
    public const int LongestPaymentTimeoutSeconds = 30 * 60;
    public const int LongestSlipTimeoutSeconds = 4 * 60 * 60;
    public const int LongestApprovalTimeoutSeconds = 60 * 60;

    public static Sequence<Refusal> Broken(NewKitchen kitchen) =>
    [
        .. FieldRules.Name(kitchen.Name),
        .. Broken(kitchen.Settings),
        .. BrokenPlace(kitchen.Settings),
    ];

    public static Sequence<Refusal> Broken(KitchenChange change) =>
    [
        .. FieldRules.Name(change.Name),
        .. Broken(change.Of(Example).Settings),
    ];

    /// <summary>A kitchen sells in the money of its country, or in dollars.</summary>
    public static Sequence<Refusal> BrokenPlace(KitchenSettings settings) => settings.Country.Takes(settings.Currency)
        ? []
        :
        [
            OutOfRange(
                "/settings/country",
                $"{settings.Currency.WireName} is taken in "
                + $"{string.Join(", ", settings.Currency.Countries.Select(country => country.WireName))}: say where "
                + "the kitchen is."),
        ];

    /// <summary>Stands in for members that a change leaves out: its settings break no rule.</summary>
    private static Kitchen Example { get; } = new(Guid.Empty, "", false, KitchenSettings.Default);

    private static IEnumerable<Refusal> Broken(KitchenSettings settings)
    {
        if (!IsTimeZone(settings.TimeZone)) yield return TimeZoneUnknown;
        if (settings.DayStartsAt.Ticks % TimeSpan.TicksPerMinute != 0)
            yield return OutOfRange("/settings/dayStartsAt", "A day starts on a full minute.");
        if (!IsTimeout(settings.PaymentTimeout, LongestPaymentTimeoutSeconds))
            yield return OutOfRange("/settings/paymentTimeoutSeconds", Between(LongestPaymentTimeoutSeconds));
        if (!IsTimeout(settings.SlipTimeout, LongestSlipTimeoutSeconds))
            yield return OutOfRange("/settings/slipTimeoutSeconds", Between(LongestSlipTimeoutSeconds));
        if (settings.ApprovalTimeoutSeconds is < ShortestTimeoutSeconds or > LongestApprovalTimeoutSeconds)
            yield return OutOfRange("/settings/approvalTimeoutSeconds", Between(LongestApprovalTimeoutSeconds));
        if (settings.LowStockThreshold is < 0 or > LargestThreshold)
            yield return OutOfRange("/settings/lowStockThreshold", $"0 to {LargestThreshold} items.");
        if (settings.CashMovementLimit < Money.Zero || settings.CashMovementLimit > Money.Largest)
            yield return OutOfRange("/settings/cashMovementLimit", $"0 to {Money.Largest}.");
    }

    /// <summary>
    /// Names such as "Africa/Dar_es_Salaam" and "UTC"; not the abbreviations and offsets that operating systems also
    /// know.
    /// </summary>
    private static bool IsTimeZone(string name) =>
        (name == "UTC" || name.Contains('/', StringComparison.Ordinal))
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
        && zone.HasIanaId;

    private static bool IsTimeout(TimeSpan timeout, int longest) =>
        timeout.TotalSeconds >= ShortestTimeoutSeconds && timeout.TotalSeconds <= longest;

    private static string Between(int longest) => $"{ShortestTimeoutSeconds} to {longest} seconds.";
}
