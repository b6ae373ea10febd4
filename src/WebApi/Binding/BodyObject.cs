using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using JikoXpress.Domain;

namespace JikoXpress.WebApi.Binding;

/// <summary>
/// One object of a request body, read member by member. A null member counts as absent. A member that the endpoint has
/// not read is refused.
/// </summary>
internal sealed class BodyObject
{
    /// <summary>Members that come from the token; a body with them could act for another caller.</summary>
    private static readonly HashSet<string> Resolved = ["staffId", "accountId", "kitchenId"];

    private readonly JsonElement element;
    private readonly string pointer;
    private readonly List<BodyObject> objects;
    private readonly List<string> read = new(capacity: 16);

    public BodyObject(JsonElement element, string pointer, Violations violations, List<BodyObject> objects)
    {
        this.element = element;
        this.pointer = pointer;
        this.objects = objects;
        Violations = violations;
        objects.Add(this);
    }

    public Violations Violations { get; }

    /// <summary>The JSON pointer of a member of this object.</summary>
    public string Pointer(string name) => JsonShape.Below(pointer, name);

    /// <summary>True if the member is present and not null.</summary>
    public bool Has(string name) => Find(name) is not null;

    public TWord Required<TWord>(string name) where TWord : struct, Enum =>
        Find(name) is { } value ? WireName<TWord>(name, value) : Violations.MissingWord<TWord>(Pointer(name));

    public TWord? Optional<TWord>(string name) where TWord : struct, Enum =>
        Find(name) is { } value ? WireName<TWord>(name, value) : null;

    public Guid Id(string name) =>
        Find(name) is { } value ? IdOf(name, value) : Violations.Missing(Pointer(name), Guid.Empty);

    public Guid? OptionalId(string name) => Find(name) is { } value ? IdOf(name, value) : null;

    /// <summary>A whole number. One outside int's range becomes int's limit, which the rules then refuse.</summary>
    public int Integer(string name) =>
        Find(name) is { } value ? Int32(name, value) : Violations.Missing(Pointer(name), 1);

    public int? OptionalInteger(string name) => Find(name) is { } value ? Int32(name, value) : null;

    /// <summary>Whole shillings; the rules of the domain check the range.</summary>
    public Money Money(string name) =>
        new(Find(name) is { } value ? Int64(name, value) : Violations.Missing(Pointer(name), 1L));

    public Money? OptionalMoney(string name) => Find(name) is { } value ? new Money(Int64(name, value)) : null;

    public bool? Flag(string name) => Find(name) is not { } value
        ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : Wrong(name, "true or false", false);

    public bool RequiredFlag(string name) => Flag(name) ?? Violations.Missing(Pointer(name), false);

    public double? Number(string name) => Find(name) is not { } value
        ? null
        : value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : Wrong(name, "a number", 0.0);

    /// <summary>Text as it was sent; the code that uses it checks its contents.</summary>
    public string? Text(string name) => Find(name) is not { } value
        ? null
        : value.ValueKind is JsonValueKind.String ? value.GetString() : Wrong(name, "a string", "");

    public T? Object<T>(string name, Func<BodyObject, T> read) where T : class =>
        Find(name) is not { } value ? null : Inner(value, Pointer(name), read);

    /// <summary>A list of objects; null if absent.</summary>
    public Sequence<T>? List<T>(string name, Func<BodyObject, T> read) where T : class
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind is not JsonValueKind.Array) return Wrong<Sequence<T>>(name, "a list", []);
        return value.EnumerateArray()
            .Select((item, index) => Inner(item, $"{Pointer(name)}/{index}", read))
            .OfType<T>()
            .ToSequence();
    }

    /// <summary>A list of ids; empty if absent.</summary>
    public Sequence<Guid> Ids(string name)
    {
        if (Find(name) is not { } value) return [];
        if (value.ValueKind is not JsonValueKind.Array) return Wrong<Sequence<Guid>>(name, "a list", []);
        return value.EnumerateArray()
            .Select((item, index) => new BodyObject(value, Pointer(name), Violations, []).IdOf($"{index}", item))
            .ToSequence();
    }

    /// <summary>Refuses the members that the endpoint does not take. One that is null is absent.</summary>
    public void RefuseUnread()
    {
        if (element.ValueKind is not JsonValueKind.Object) return;
        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind is JsonValueKind.Null || WasRead(member)) continue;
            var name = member.Name;
            if (Resolved.Contains(name))
            {
                Violations.Break(Pointer(name), "resolved-field-not-accepted",
                    $"{name} comes from the caller's token and is not taken from a body.");
            }
            else
            {
                Violations.Break(Pointer(name), "unknown-field", "There is no such member here; names are exact.");
            }
        }
    }

    private bool WasRead(JsonProperty member)
    {
        foreach (var name in read)
        {
            if (member.NameEquals(name)) return true;
        }

        return false;
    }

    /// <summary>The member, marked as read; null if absent or null.</summary>
    private JsonElement? Find(string name)
    {
        read.Add(name);
        return element.ValueKind is JsonValueKind.Object
            && element.TryGetProperty(name, out var value)
            && value.ValueKind is not JsonValueKind.Null
                ? value
                : null;
    }

    private T? Inner<T>(JsonElement value, string at, Func<BodyObject, T> read) where T : class =>
        value.ValueKind is JsonValueKind.Object
            ? read(new BodyObject(value, at, Violations, objects))
            : Violations.Malform<T?>(at, "invalid-type", "This must be an object.", null);

    private TWord WireName<TWord>(string name, JsonElement value) where TWord : struct, Enum =>
        value.ValueKind is JsonValueKind.String && WireNames.Parse<TWord>(value.GetString() ?? "") is { } word
            ? word
            : Wrong(name, $"one of {string.Join(", ", WireNames.All<TWord>())}", default(TWord));

    private Guid IdOf(string name, JsonElement value) =>
        value.ValueKind is JsonValueKind.String && Uuid.Parse(value.GetString()) is { } id
            ? id
            : Wrong(name, "a UUID, 8-4-4-4-12 hexadecimal digits, not all zero", Guid.Empty);

    private int Int32(string name, JsonElement value) =>
        (int)Math.Clamp(Int64(name, value), int.MinValue, int.MaxValue);

    private long Int64(string name, JsonElement value)
    {
        var digits = value.ValueKind is JsonValueKind.Number ? JsonMarshal.GetRawUtf8Value(value) : default;
        if (digits.IsEmpty || digits.ContainsAny(".eE"u8)) return Wrong(name, "a whole number, written in digits", 1L);
        if (long.TryParse(digits, CultureInfo.InvariantCulture, out var number)) return number;
        return digits[0] is (byte)'-' ? long.MinValue : long.MaxValue;
    }

    private T Wrong<T>(string name, string expected, T placeholder) =>
        Violations.Malform(Pointer(name), "invalid-type", $"{name} must be {expected}.", placeholder);
}
