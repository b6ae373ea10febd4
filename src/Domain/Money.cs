using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace JikoXpress.Domain;

/// <summary>
/// A whole number of the smallest unit of the kitchen's <see cref="Currency"/>: shillings in Tanzania, cents where the
/// currency has such. The kitchen says which; amounts of two kitchens are added only where their currency is the same.
/// </summary>
/// <remarks>Arithmetic is checked: an overflow is a bug and throws.</remarks>
[JsonConverter(typeof(MoneyJson))]
public readonly record struct Money(long Shillings) : IComparable<Money>
{
    /// <summary>The largest amount accepted from a caller, in the smallest unit of any currency.</summary>
    public const long MostShillings = 1_000_000_000_000;

    public static Money Largest { get; } = new(MostShillings);

    public static Money Zero { get; } = new(0);

    public static Money operator +(Money left, Money right) => new(left.Shillings + right.Shillings);
    public static Money operator -(Money left, Money right) => new(left.Shillings - right.Shillings);
    public static Money operator *(Money unit, int quantity) => new(unit.Shillings * quantity);
    public static bool operator <(Money left, Money right) => left.Shillings < right.Shillings;
    public static bool operator >(Money left, Money right) => left.Shillings > right.Shillings;
    public static bool operator <=(Money left, Money right) => left.Shillings <= right.Shillings;
    public static bool operator >=(Money left, Money right) => left.Shillings >= right.Shillings;

    public int CompareTo(Money other) => Shillings.CompareTo(other.Shillings);

    /// <summary>The number alone, as it is in JSON.</summary>
    public override string ToString() => Shillings.ToString(CultureInfo.InvariantCulture);
}

public static class MoneySums
{
    public static Money Sum(this IEnumerable<Money> amounts) => amounts.Sum(amount => amount);

    public static Money Sum<T>(this IEnumerable<T> things, Func<T, Money> amount)
    {
        var sum = Money.Zero;
        foreach (var thing in things) sum += amount(thing);
        return sum;
    }
}

/// <summary>Money is written as a plain JSON integer.</summary>
public sealed class MoneyJson : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value.Shillings);
    }
}
