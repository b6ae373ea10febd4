using System.Globalization;
using JikoXpress.Payments;

namespace JikoXpress.WebApi.Payments;

/// <summary>
/// JIKO_RETURN_UNCLAIMED: after how many hours money that nobody has claimed goes back to the phone that paid it; 0 for
/// never, by default 24.
/// </summary>
internal static class UnclaimedMoneyOptions
{
    private const string Setting = "JIKO_RETURN_UNCLAIMED";

    /// <summary>A month.</summary>
    private const int Longest = 720;

    /// <exception cref="InvalidOperationException">It is no number of hours in its range.</exception>
    public static UnclaimedMoneySettings From(IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } text) return UnclaimedMoneySettings.Usual;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours <= Longest
            ? new UnclaimedMoneySettings(TimeSpan.FromHours(hours))
            : throw new InvalidOperationException($"{Setting} must be 0 to {Longest}, in hours, and is '{text}'.");
    }
}
