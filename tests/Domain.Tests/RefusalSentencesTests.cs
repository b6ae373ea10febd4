using System.Reflection;

namespace JikoXpress.Domain.Tests;

/// <summary>
/// What callers read of every refusal: its stage, code, pointer, sentence and details, as Refusals.txt has them.
/// Whoever changes one changes its line there, and sees what callers will read.
/// </summary>
public sealed class RefusalSentencesTests
{
    [Fact]
    public void Every_refusal_says_what_it_is_known_to_say()
    {
        var said = typeof(Refusal).Assembly.GetExportedTypes()
            .Where(type => type.Name.EndsWith("Refusals", StringComparison.Ordinal))
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(Line)
            .OfType<string>()
            .Order(StringComparer.Ordinal)
            .ToList();
        var known = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Refusals.txt"));

        Assert.True(known.SequenceEqual(said), $"""
            Refusals.txt, which is in the order of its letters, lacks
            {string.Join('\n', said.Except(known))}
            and has too much:
            {string.Join('\n', known.Except(said))}
            """);
    }

    private static string? Line(MemberInfo member)
    {
        var refusal = member switch
        {
            PropertyInfo property when property.PropertyType == typeof(Refusal) => (Refusal?)property.GetValue(null),
            MethodInfo { IsSpecialName: false } method when method.ReturnType == typeof(Refusal) => (Refusal?)method
                .Invoke(null, [.. method.GetParameters().Select((parameter, place) => Example(parameter, place))]),
            _ => null,
        };
        return refusal is null
            ? null
            : string.Join(
                " | ",
                ((object?[])
                [
                    $"{member.DeclaringType?.Name}.{member.Name}", refusal.Stage, refusal.Code, refusal.Pointer,
                    refusal.Sentence, refusal.Details, refusal.Shortages,
                ]).Select(part => part?.ToString()).Where(part => !string.IsNullOrEmpty(part)));
    }

    /// <summary>Another one for each place, so that none can stand for its neighbour.</summary>
    private static object Example(ParameterInfo parameter, int place)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (type == typeof(string)) return $"/{parameter.Name}";
        if (type == typeof(int)) return 3 + place;
        if (type == typeof(long)) return 300L + place;
        if (type == typeof(bool)) return true;
        if (type == typeof(Guid)) return Id(40 + place);
        if (type == typeof(Money)) return new Money(9_500 + place);
        if (type == typeof(DateTimeOffset)) return Noon + place.Minutes;
        if (type == typeof(TimeSpan)) return (place + 1).Minutes;
        if (type == typeof(Currency)) return place == 0 ? Currency.Kes : Currency.Usd;
        if (type == typeof(Country)) return Country.Ke;
        if (type == typeof(IEnumerable<Currency>)) return new Sequence<Currency>([Currency.Tzs, Currency.Ugx]);
        if (type.IsEnum) return Enum.GetValues(type).GetValue(0)!;
        if (type.IsAssignableFrom(typeof(Sequence<StockShortage>)))
            return new Sequence<StockShortage>([new StockShortage(Pilau.Id, 2, 1)]);
        if (type.IsAssignableFrom(typeof(Sequence<SessionType>)))
            return new Sequence<SessionType>([SessionType.Immediate, SessionType.Slip]);
        if (type == typeof(Sequence<string>)) return new Sequence<string>(["first", "second"]);
        throw new InvalidOperationException($"Say what a {type} may be, for {parameter.Member.Name}.");
    }
}
