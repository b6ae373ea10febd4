using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace JikoXpress.Domain.Sessions;

/// <summary>
/// A timeline as it is kept: when and by whom are written only where they are not those of the line before. A sale that
/// is paid at once has two lines that differ in one word.
/// </summary>
internal sealed class TimelineJson : JsonConverter<Sequence<Happening>>
{
    public override Sequence<Happening> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var timeline = ImmutableArray.CreateBuilder<Happening>();
        foreach (var kept in JsonSerializer.Deserialize<ImmutableArray<KeptHappening>>(ref reader, options))
        {
            var before = timeline.Count > 0 ? timeline[^1] : null;
            timeline.Add(new Happening(
                kept.What,
                kept.At ?? before?.At ?? throw new JsonException("A timeline begins at some time."),
                kept.By ?? before?.By ?? throw new JsonException("A timeline is begun by somebody.")));
        }

        return new Sequence<Happening>(timeline.ToImmutable());
    }

    public override void Write(Utf8JsonWriter writer, Sequence<Happening> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        Happening? before = null;
        foreach (var line in value)
        {
            var kept = new KeptHappening(
                line.What, line.At == before?.At ? null : line.At, line.By == before?.By ? null : line.By);
            JsonSerializer.Serialize(writer, kept, options);
            before = line;
        }

        writer.WriteEndArray();
    }
}

internal sealed record KeptHappening(HappeningKind What, DateTimeOffset? At, Caller? By);
