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

        /// <summary>The instant on the kitchen's own clock.</summary>
        public DateTimeOffset LocalTimeOf(DateTimeOffset instant) =>
            TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone));
    }
}
