using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace JikoXpress.Domain;

/// <summary>An immutable list that compares by its contents, so that the records holding one do too.</summary>
[CollectionBuilder(typeof(Sequence), nameof(Sequence.Of))]
[JsonConverter(typeof(SequenceJsonFactory))]
public sealed class Sequence<T>(ImmutableArray<T> items) : IReadOnlyList<T>, IEquatable<Sequence<T>>
{
    public static Sequence<T> Empty { get; } = new([]);

    public int Count => items.Length;
    public T this[int index] => items[index];

    public Sequence<T> With(T item) => new(items.Add(item));

    public ImmutableArray<T>.Enumerator GetEnumerator() => items.GetEnumerator();
    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)items).GetEnumerator();

    public bool Equals(Sequence<T>? other) => other is not null && items.AsSpan().SequenceEqual([.. other]);
    public override bool Equals(object? obj) => Equals(obj as Sequence<T>);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in items) hash.Add(item);
        return hash.ToHashCode();
    }

    public override string ToString() => $"[{string.Join(", ", items)}]";
}

public static class Sequence
{
    public static Sequence<T> Of<T>(ReadOnlySpan<T> items) =>
        items.IsEmpty ? Sequence<T>.Empty : new Sequence<T>([.. items]);

    public static Sequence<T> ToSequence<T>(this IEnumerable<T> items) => new([.. items]);
}

/// <summary>A sequence is written as a JSON array.</summary>
public sealed class SequenceJsonFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert is { IsGenericType: true } && typeToConvert.GetGenericTypeDefinition() == typeof(Sequence<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(
            typeof(SequenceJson<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
}

internal sealed class SequenceJson<T> : JsonConverter<Sequence<T>>
{
    public override Sequence<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize<ImmutableArray<T>>(ref reader, options));

    public override void Write(Utf8JsonWriter writer, Sequence<T> value, JsonSerializerOptions options)
    {
        var type = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        writer.WriteStartArray();
        foreach (var item in value) JsonSerializer.Serialize(writer, item, type);
        writer.WriteEndArray();
    }
}
