using static JikoXpress.Domain.Kitchens.KitchenRefusals;

namespace JikoXpress.Domain.Kitchens;

/// <summary>What a kitchen may be called and may set for itself.</summary>
public static class KitchenRules
{
    public const int LargestThreshold = 1_000;

    /// <summary>
    /// A guest needs time to find the phone and the PIN; a held plate must not be kept for half a day.
    /// </summary>
    public static TimeSpan ShortestTimeout { get; } = TimeSpan.FromSeconds(30);

    public static TimeSpan LongestPaymentTimeout { get; } = TimeSpan.FromMinutes(30);

    public static TimeSpan LongestSlipTimeout { get; } = TimeSpan.FromHours(4);

    public static Sequence<Refusal> Broken(NewKitchen kitchen) =>
    [
        .. FieldRules.Name(kitchen.Name),
        .. Broken(kitchen.Settings),
    ];

    public static Sequence<Refusal> Broken(KitchenChange change) =>
    [
        .. FieldRules.Name(change.Name),
        .. Broken(change.Of(Example).Settings),
    ];

    /// <summary>What a change leaves alone keeps the rules already, as the defaults do.</summary>
    private static Kitchen Example { get; } = new(Guid.Empty, "", false, KitchenSettings.Default);

    private static IEnumerable<Refusal> Broken(KitchenSettings settings)
    {
        if (!IsTimeZone(settings.TimeZone)) yield return TimeZoneUnknown;
        if (settings.DayStartsAt.Ticks % TimeSpan.TicksPerMinute != 0)
            yield return OutOfRange("/settings/dayStartsAt", "A day starts on a full minute.");
        if (!IsTimeout(settings.PaymentTimeout, LongestPaymentTimeout))
            yield return OutOfRange("/settings/paymentTimeoutSeconds", Between(LongestPaymentTimeout));
        if (!IsTimeout(settings.SlipTimeout, LongestSlipTimeout))
            yield return OutOfRange("/settings/slipTimeoutSeconds", Between(LongestSlipTimeout));
        if (settings.LowStockThreshold is < 0 or > LargestThreshold)
            yield return OutOfRange("/settings/lowStockThreshold", $"0 to {LargestThreshold} plates.");
    }

    /// <summary>
    /// Names such as "Africa/Dar_es_Salaam" and "UTC"; not the abbreviations and offsets that systems know too.
    /// </summary>
    private static bool IsTimeZone(string name) =>
        (name == "UTC" || name.Contains('/', StringComparison.Ordinal))
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
        && zone.HasIanaId;

    private static bool IsTimeout(TimeSpan timeout, TimeSpan longest) =>
        timeout >= ShortestTimeout && timeout <= longest;

    private static string Between(TimeSpan longest) =>
        $"{ShortestTimeout.TotalSeconds} to {longest.TotalSeconds} seconds.";
}
