namespace JikoXpress.Domain.Kitchens;

public static class BusinessDay
{
    extension(KitchenSettings settings)
    {
        /// <summary>
        /// The business day of an instant: a day runs from <see cref="KitchenSettings.DayStartsAt"/> local time.
        /// </summary>
        public DateOnly BusinessDateOf(DateTimeOffset instant)
        {
            var local = settings.LocalTimeOf(instant).DateTime - settings.DayStartsAt.ToTimeSpan();
            return DateOnly.FromDateTime(local);
        }

        /// <summary>The instant in the kitchen's time zone.</summary>
        public DateTimeOffset LocalTimeOf(DateTimeOffset instant) =>
            TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone));
    }
}
