using System.Buffers;
using System.Text.Json;

namespace JikoXpress.WebApi.Binding;

/// <summary>
/// A body written anew by its values: members in the order of their names, without those that are null, without white
/// space, and numbers without needless digits. Two bodies that mean the same are the same bytes.
/// </summary>
internal static class BodyMeaning
{
    public static ReadOnlyMemory<byte> Of(JsonElement root)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            Write(writer, root);
        }

        return bytes.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject()
                    .Where(member => member.Value.ValueKind is not JsonValueKind.Null)
                    .OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number when value.TryGetDecimal(out var number):
                // Dividing by one with as many zeros as a decimal can have takes the zeros at the end away.
                writer.WriteNumberValue(number / 1.0000000000000000000000000000m);
                break;
            case JsonValueKind.Undefined:
                // The body could not be read, and the request is refused.
                writer.WriteNullValue();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
