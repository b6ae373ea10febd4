using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using JikoXpress.Domain;

namespace JikoXpress.WebApi.Binding;

/// <summary>How a value is written in JSON.</summary>
/// <param name="Expected">For the caller: what it must be.</param>
/// <param name="Placeholder">For one that is missing or wrong, so that reading can go on.</param>
/// <param name="Read">Null if the JSON is of another type or form.</param>
internal sealed record BodyValue<T>(string Expected, T Placeholder, Func<JsonElement, T?> Read) where T : struct
{
    public static BodyValue<T> OfType { get; } = (BodyValue<T>)BodyValue.Of(typeof(T));
}

/// <summary>The types of values that bodies have, besides texts.</summary>
internal static class BodyValue
{
    private const string WholeNumber = "a whole number, written in digits";

    private static readonly Dictionary<Type, object> Known = new()
    {
        [typeof(bool)] = new BodyValue<bool>(
            "true or false", false,
            value => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null),
        // One outside int's range becomes int's limit, which the rules of the domain then refuse.
        [typeof(int)] = new BodyValue<int>(
            WholeNumber, 1,
            value => Whole(value) is { } number ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : null),
        [typeof(Money)] = new BodyValue<Money>(
            WholeNumber, new Money(1), value => Whole(value) is { } shillings ? new Money(shillings) : null),
        [typeof(double)] = new BodyValue<double>(
            "a number", 0,
            value => value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var it) && double.IsFinite(it)
                ? it
                : null),
        [typeof(Guid)] = new BodyValue<Guid>(
            "a UUID, 8-4-4-4-12 hexadecimal digits, not all zero", Guid.Empty, value => Uuid.Parse(Text(value))),
        [typeof(DateTimeOffset)] = new BodyValue<DateTimeOffset>(
            "a moment as in 2026-04-30T18:00:00Z", DateTimeOffset.UnixEpoch, value => Instant(Text(value))),
        [typeof(DateOnly)] = new BodyValue<DateOnly>(
            "a day as in 2026-04-30", DateOnly.MaxValue,
            value => DateOnly.TryParseExact(
                Text(value), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day
                : null),
        [typeof(TimeOnly)] = new BodyValue<TimeOnly>(
            "a time of day as in 04:00", TimeOnly.MinValue,
            value => TimeOnly.TryParseExact(
                Text(value), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                ? time
                : null),
    };

    public static bool Is(Type type) => type.IsEnum || Known.ContainsKey(type);

    /// <summary>The <see cref="BodyValue{T}"/> of a type.</summary>
    public static object Of(Type type) => type.IsEnum
        ? ((Func<BodyValue<Channel>>)Word<Channel>).Method.GetGenericMethodDefinition()
            .MakeGenericMethod(type).Invoke(null, null)!
        : Known[type];

    private static BodyValue<TWord> Word<TWord>() where TWord : struct, Enum => new(
        $"one of {string.Join(", ", WireNames.All<TWord>())}", default,
        value => Text(value) is { } text ? WireNames.Parse<TWord>(text) : null);

    public static string? Text(JsonElement value) =>
        value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <summary>As RFC 3339 has it: the offset from UTC is never left out.</summary>
    private static DateTimeOffset? Instant(string? text) =>
        text is { Length: > 6 } && (text[^1] is 'Z' || text[^6] is '+' or '-')
        && DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment.ToUniversalTime()
            : null;

    private static long? Whole(JsonElement value)
    {
        var digits = value.ValueKind is JsonValueKind.Number ? JsonMarshal.GetRawUtf8Value(value) : default;
        if (digits.IsEmpty || digits.ContainsAny(".eE"u8)) return null;
        if (long.TryParse(digits, CultureInfo.InvariantCulture, out var number)) return number;
        return digits[0] is (byte)'-' ? long.MinValue : long.MaxValue;
    }
}
