using System.Globalization;
using JikoXpress.Postgres.Retention;

namespace JikoXpress.WebApi.Hosting;

/// <summary>Reads how long what is not for the books is kept: JIKO_KEEP_EVENTS and its like, in days.</summary>
internal static class RetentionOptions
{
    /// <summary>Ten years.</summary>
    private const int Longest = 3_660;

    /// <exception cref="InvalidOperationException">
    /// A setting is no number of days in its range, or phones would be taken out of sessions while they still stand in
    /// webhooks or kept answers.
    /// </exception>
    public static RetentionSettings From(IConfiguration configuration)
    {
        var usual = new RetentionSettings();
        var settings = new RetentionSettings
        {
            Events = Days("JIKO_KEEP_EVENTS", shortest: 1, usual.Events),
            Answers = Days("JIKO_KEEP_ANSWERS", shortest: 2, usual.Answers),
            Webhooks = Days("JIKO_KEEP_WEBHOOKS", shortest: 7, usual.Webhooks),
            Deliveries = Days("JIKO_KEEP_DELIVERIES", shortest: 7, usual.Deliveries),
            Tokens = Days("JIKO_KEEP_TOKENS", shortest: 1, usual.Tokens),
            Phones = Days("JIKO_KEEP_PHONES", shortest: 30, usual.Phones),
        };
        return settings.Phones >= settings.Webhooks && settings.Phones >= settings.Answers
            ? settings
            : throw new InvalidOperationException(
                $"JIKO_KEEP_PHONES, {settings.Phones.Days} days, must not be less than JIKO_KEEP_WEBHOOKS, "
                + $"{settings.Webhooks.Days}, and JIKO_KEEP_ANSWERS, {settings.Answers.Days}: these hold phones.");

        TimeSpan Days(string name, int shortest, TimeSpan unlessSet)
        {
            if (configuration[name] is not { Length: > 0 } text) return unlessSet;
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days)
                && days >= shortest && days <= Longest
                    ? TimeSpan.FromDays(days)
                    : throw new InvalidOperationException(
                        $"{name} must be {shortest} to {Longest}, in days, and is '{text}'.");
        }
    }
}
