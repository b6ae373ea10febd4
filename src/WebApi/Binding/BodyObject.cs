using System.Text.Json;
using JikoXpress.Domain;

namespace JikoXpress.WebApi.Binding;

/// <summary>Where an object stands in the body. Its pointer is written for errors only.</summary>
/// <param name="Index">For an item of a list.</param>
internal sealed record BodyPlace(BodyObject Parent, string Member, int? Index = null)
{
    public string Pointer => Index is { } index ? $"{Parent.Pointer(Member)}/{index}" : Parent.Pointer(Member);
}

/// <summary>
/// One object of a request body, read by the members of its record. A null member counts as absent. A member that the
/// record does not have is refused. Each error is collected, and reading goes on with a placeholder.
/// </summary>
internal sealed class BodyObject
{
    /// <summary>Members that come from the token; a body with them could act for another caller.</summary>
    private static readonly HashSet<string> Resolved = ["staffId", "accountId", "kitchenId"];

    private readonly BodyMember[] members;
    private readonly JsonElement[] values;
    private readonly Violations violations;
    private readonly BodyPlace? place;
    private readonly PhonePlace phones;

    public BodyObject(
        BodyMember[] members, JsonElement element, Violations violations, BodyPlace? place, PhonePlace phones)
    {
        (this.members, this.violations, this.place, this.phones) = (members, violations, place, phones);
        values = new JsonElement[members.Length];
        if (element.ValueKind is JsonValueKind.Object && !Fits(element)) RefuseOthers(element);
    }

    /// <summary>The JSON pointer of a member of this object.</summary>
    public string Pointer(string member) => JsonShape.Below(place?.Pointer ?? "", member);

    // The methods that read a member, by its number; BodyShape calls them.

    public T Value<T>(int member) where T : struct => OptionalValue<T>(member) ?? violations.Missing(
        PointerOf(member), BodyValue<T>.OfType.Placeholder, isWord: typeof(T).IsEnum);

    public T? OptionalValue<T>(int member) where T : struct
    {
        if (IsAbsent(member)) return null;
        if (BodyValue<T>.OfType.Read(values[member]) is not { } read)
            return Wrong(member, BodyValue<T>.OfType.Expected, BodyValue<T>.OfType.Placeholder);
        if (members[member].Limit is { } limit && !limit.IsValid(read))
            violations.Break(PointerOf(member), limit.Code, limit.Sentence);
        return read;
    }

    public string Text(int member) => OptionalText(member) ?? violations.Missing(PointerOf(member), "-");

    public string? OptionalText(int member) =>
        IsAbsent(member) ? null
        : BodyValue.Text(values[member]) is { } text ? members[member].Cleaned(text, phones)
        : Wrong(member, "a string", "-");

    public T Object<T>(int member) where T : class =>
        OptionalObject<T>(member) ?? violations.Missing(PointerOf(member), BodyShape<T>.Placeholder);

    public T? OptionalObject<T>(int member) where T : class => IsAbsent(member)
        ? null
        : Inner<T>(values[member], new BodyPlace(this, members[member].Name)) ?? BodyShape<T>.Placeholder;

    /// <summary>A list; empty if absent, since the rules of the domain refuse an empty one.</summary>
    public IReadOnlyList<T> Objects<T>(int member) where T : class => OptionalObjects<T>(member) ?? [];

    public IReadOnlyList<T>? OptionalObjects<T>(int member) where T : class => IsAbsent(member)
        ? null
        : [.. Items(member).Select((item, index) =>
            Inner<T>(item, new BodyPlace(this, members[member].Name, index))).OfType<T>()];

    /// <summary>As <see cref="Objects"/>, of values.</summary>
    public IReadOnlyList<T> Values<T>(int member) where T : struct => IsAbsent(member)
        ? []
        : [.. Items(member).Select((item, index) => BodyValue<T>.OfType.Read(item) ?? violations.Malform(
            $"{PointerOf(member)}/{index}", "invalid-type", $"{index} must be {BodyValue<T>.OfType.Expected}.",
            BodyValue<T>.OfType.Placeholder))];

    /// <summary>As <see cref="Values"/>, of a list that may be left out.</summary>
    public IReadOnlyList<T>? OptionalValues<T>(int member) where T : struct =>
        IsAbsent(member) ? null : Values<T>(member);

    /// <summary>A list of texts that may be left out.</summary>
    public IReadOnlyList<string>? OptionalTexts(int member) => IsAbsent(member)
        ? null
        : [.. Items(member).Select((item, index) => BodyValue.Text(item) is { } text
            ? members[member].Cleaned(text, phones)
            : violations.Malform($"{PointerOf(member)}/{index}", "invalid-type", $"{index} must be a string.", "-"))];

    /// <summary>An object whose members the caller names, each a text; it may be left out.</summary>
    public IReadOnlyDictionary<string, string>? OptionalMap(int member)
    {
        if (IsAbsent(member)) return null;
        if (values[member].ValueKind is not JsonValueKind.Object)
            return Wrong<IReadOnlyDictionary<string, string>>(member, "an object", new Dictionary<string, string>());
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in values[member].EnumerateObject())
        {
            if (entry.Value.ValueKind is JsonValueKind.Null) continue;
            map[TextRules.Clean(entry.Name, lineBreaks: false)] = BodyValue.Text(entry.Value) is { } text
                ? TextRules.Clean(text, lineBreaks: true)
                : violations.Malform(
                    JsonShape.Below(PointerOf(member), entry.Name), "invalid-type", $"{entry.Name} must be a string.",
                    "-");
        }

        return map;
    }

    /// <summary>Finds the values of the record's members. False if there are other members that are not null.</summary>
    private bool Fits(JsonElement element)
    {
        var fits = true;
        var next = 0;
        foreach (var member in element.EnumerateObject())
        {
            // Most bodies have their members in the order of the document.
            var found = Find(member, next);
            if (found >= 0) (values[found], next) = (member.Value, found + 1);
            else fits &= member.Value.ValueKind is JsonValueKind.Null;
        }

        for (var member = 0; member < members.Length; member++)
        {
            if (IsAbsent(member) || !IsNotTaken(members[member])) continue;
            values[member] = default;
            fits = false;
        }

        return fits;
    }

    private void RefuseOthers(JsonElement element)
    {
        foreach (var member in element.EnumerateObject())
        {
            var found = Find(member, first: 0);
            if (member.Value.ValueKind is JsonValueKind.Null || (found >= 0 && !IsNotTaken(members[found]))) continue;
            violations.Refuse(Pointer(member.Name), Resolved.Contains(member.Name)
                ? ("resolved-field-not-accepted",
                    $"{member.Name} comes from the caller's token and is not taken from a body.")
                : ("unknown-field", "There is no such member here; names are exact."));
        }
    }

    /// <summary>Which of the record's members this is, looked for from one of them on; -1 if it is none.</summary>
    private int Find(JsonProperty member, int first)
    {
        for (var tried = 0; tried < members.Length; tried++)
        {
            var index = (first + tried) % members.Length;
            if (member.NameEquals(members[index].Utf8)) return index;
        }

        return -1;
    }

    private bool IsNotTaken(BodyMember member) => member.NotOn.Count > 0
        && Array.FindIndex(members, other => other.Parameter.ParameterType == typeof(Channel)) is >= 0 and var channel
        && BodyValue<Channel>.OfType.Read(values[channel]) is { } said
        && member.NotOn.Contains(said);

    private bool IsAbsent(int member) => values[member].ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    private IEnumerable<JsonElement> Items(int member) => values[member].ValueKind is JsonValueKind.Array
        ? values[member].EnumerateArray()
        : Wrong<JsonElement[]>(member, "a list", []);

    private T? Inner<T>(JsonElement value, BodyPlace at) where T : class => value.ValueKind is JsonValueKind.Object
        ? BodyShape<T>.Read(value, violations, at, phones)
        : violations.Malform<T?>(at.Pointer, "invalid-type", "This must be an object.", null);

    private T Wrong<T>(int member, string expected, T placeholder) => violations.Malform(
        PointerOf(member), "invalid-type", $"{members[member].Name} must be {expected}.", placeholder);

    private string PointerOf(int member) => Pointer(members[member].Name);
}
