using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using JikoXpress.Domain;
using JikoXpress.WebApi.Documentation;

namespace JikoXpress.WebApi.Binding;

/// <summary>
/// How a record is read from a body: its members from the metadata of System.Text.Json, from which the API document is
/// made too, and a constructor call that is compiled once. A request uses no reflection.
/// </summary>
/// <typeparam name="T">A positional record. A member that cannot be null is required.</typeparam>
internal static class BodyShape<T> where T : class
{
    private static readonly ConstructorInfo Constructor = typeof(T).GetConstructors().Single();

    private static readonly BodyMember[] Members =
    [
        .. BodyShape.Metadata.GetTypeInfo(typeof(T)).Properties
            .Select(BodyMember.Of)
            .OrderBy(member => member.Parameter.Position),
    ];

    private static readonly Func<BodyObject, T> Create = Compiled();

    /// <summary>Compiles the constructor call now.</summary>
    /// <exception cref="ArgumentException">The record has a member of a type that bodies do not have.</exception>
    public static void Prepare() => _ = Create;

    /// <summary>For an object that is missing or wrong, so that reading can go on.</summary>
    public static T Placeholder => Read(default, new Violations());

    /// <param name="phones">Where they are; null for those of Tanzania.</param>
    public static T Read(
        JsonElement element, Violations violations, BodyPlace? place = null, PhonePlace? phones = null) =>
        Create(new BodyObject(Members, element, violations, place, phones ?? new PhonePlace(Country.Tz)));

    private static Func<BodyObject, T> Compiled()
    {
        var body = Expression.Parameter(typeof(BodyObject));
        var values = Members.Select((member, place) =>
            Expression.Call(body, BodyShape.ReaderOf(member.Parameter), Expression.Constant(place)));
        return Expression.Lambda<Func<BodyObject, T>>(Expression.New(Constructor, values), body).Compile();
    }
}

/// <summary>One member of a record.</summary>
/// <param name="Utf8">Its name in JSON.</param>
/// <param name="Limit">A limit that the reader enforces; null where the rules of the domain do.</param>
/// <param name="NotOn">The channels on which the member is not taken.</param>
/// <param name="IsPhone">A phone number, which people write in several ways.</param>
/// <param name="HasLines">A text that may have line breaks.</param>
internal sealed record BodyMember(
    string Name, byte[] Utf8, JsonParameterInfo Parameter, RefusedBeyondAttribute? Limit, Sequence<Channel> NotOn,
    bool IsPhone, bool HasLines)
{
    /// <summary>The text as it is kept, and as the rules see it.</summary>
    public string Cleaned(string text, PhonePlace phones) =>
        IsPhone ? PhoneReading.Of(text, phones) : TextRules.Clean(text, HasLines);

    public static BodyMember Of(JsonPropertyInfo property)
    {
        var parameter = property.AssociatedParameter
            ?? throw new NotSupportedException($"{property.DeclaringType}.{property.Name} is no parameter.");
        var attributes = parameter.AttributeProvider?.GetCustomAttributes(inherit: true) ?? [];
        return new BodyMember(
            property.Name, Encoding.UTF8.GetBytes(property.Name), parameter,
            attributes.OfType<RefusedBeyondAttribute>().SingleOrDefault(),
            attributes.OfType<NotTakenOnAttribute>().SingleOrDefault()?.Channels ?? [],
            attributes.OfType<RegularExpressionAttribute>().Any(expression => expression.Pattern == Patterns.Phone),
            attributes.OfType<LinesAttribute>().Any());
    }
}

/// <summary>A range that the reader enforces, for a number that no rule of the domain sees.</summary>
/// <param name="code">The problem code (422) of a number outside the range.</param>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class RefusedBeyondAttribute(int least, int most, string code) : RangeAttribute(least, most)
{
    public string Code => code;

    public string Sentence => $"{Minimum} to {Maximum}.";
}

/// <summary>
/// On these channels the token determines the member, and a body with it is refused. The channel is the record's member
/// of that type.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class NotTakenOnAttribute(params Channel[] channels) : Attribute
{
    public Sequence<Channel> Channels => Sequence.Of<Channel>(channels);
}

/// <summary>Marks a text that may have line breaks.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class LinesAttribute : Attribute;

/// <summary>What the shapes of all records share.</summary>
internal static class BodyShape
{
    /// <summary>The names of members in JSON, as in the API document.</summary>
    public static JsonSerializerOptions Metadata { get; } =
        new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <summary>The method of <see cref="BodyObject"/> that reads this member.</summary>
    public static MethodInfo ReaderOf(JsonParameterInfo member)
    {
        var type = Nullable.GetUnderlyingType(member.ParameterType) ?? member.ParameterType;
        var optional = member.IsNullable ? "Optional" : "";
        if (type == typeof(string)) return Method(optional + nameof(BodyObject.Text));
        if (type == typeof(IReadOnlyDictionary<string, string>)) return Method(nameof(BodyObject.OptionalMap));
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IReadOnlyList<>))
            return Method(optional + (BodyValue.Is(type) ? nameof(BodyObject.Value) : nameof(BodyObject.Object)), type);
        var item = type.GetGenericArguments()[0];
        if (item == typeof(string)) return Method(nameof(BodyObject.OptionalTexts));
        return Method(optional + (BodyValue.Is(item) ? nameof(BodyObject.Values) : nameof(BodyObject.Objects)), item);
    }

    private static MethodInfo Method(string name, Type? type = null)
    {
        var method = typeof(BodyObject).GetMethod(name) ?? throw new MissingMethodException(nameof(BodyObject), name);
        return type is null ? method : method.MakeGenericMethod(type);
    }
}
