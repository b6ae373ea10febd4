using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orleans.Serialization;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.TypeSystem;
using Orleans.Serialization.WireProtocol;

namespace JikoXpress.Silo.Wire;

/// <summary>
/// Writes the contracts' values as JSON with the name of their type beside it. The form is that of Orleans' JsonCodec,
/// which earlier builds use, so that both understand each other in a rolling upgrade. JsonCodec itself parses the name
/// of the type of each value that it reads, and asks all filters of types by reflection; here a name is looked up once.
/// </summary>
internal sealed class ContractCodec(TypeConverter typeNames) : IGeneralizedCodec
{
    /// <summary>The name of this codec on the wire.</summary>
    public const string Alias = "json";

    /// <summary>A larger buffer is not kept for the next value.</summary>
    private const int MostKept = 1 << 18;

    private const uint TypeField = 0;
    private const uint JsonField = 1;

    private static readonly JsonWriterOptions Writing = new()
    {
        // No browser reads this. The usual encoder makes six bytes of each quote in a stored session.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? kept;

    private readonly ConcurrentDictionary<string, Type> types = new();

    public bool IsSupportedType(Type type) => type == typeof(ContractCodec) || Contracts.Contains(type);

    public void WriteField<TBufferWriter>(
        ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, object? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (ReferenceCodec.TryWriteReferenceField(ref writer, fieldIdDelta, expectedType!, value!)) return;

        writer.WriteFieldHeader(fieldIdDelta, expectedType!, typeof(ContractCodec), WireType.TagDelimited);
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteFieldHeaderExpected(TypeField, WireType.LengthPrefixed);
        writer.Session.TypeCodec.WriteLengthPrefixed(ref writer, value!.GetType());

        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteFieldHeaderExpected(JsonField - TypeField, WireType.LengthPrefixed);
        var json = kept ?? new ArrayBufferWriter<byte>(1024);
        kept = null;
        using (var jsonWriter = new Utf8JsonWriter(json, Writing))
            JsonSerializer.Serialize(jsonWriter, value, value.GetType(), Contracts.Json);
        writer.WriteVarUInt32((uint)json.WrittenCount);
        writer.Write(json.WrittenSpan);
        json.ResetWrittenCount();
        if (json.Capacity <= MostKept) kept = json;

        writer.WriteEndObject();
    }

    public object? ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.IsReference) return ReferenceCodec.ReadReference(ref reader, field.FieldType);

        field.EnsureWireTypeTagDelimited();
        var place = ReferenceCodec.CreateRecordPlaceholder(reader.Session);
        Type? type = null;
        object? value = null;
        uint id = 0;
        for (var header = reader.ReadFieldHeader(); !header.IsEndBaseOrEndObject; header = reader.ReadFieldHeader())
        {
            id += header.FieldIdDelta;
            switch (id)
            {
                case TypeField:
                    ReferenceCodec.MarkValueField(reader.Session);
                    type = TypeOf(Bytes(ref reader));
                    break;
                case JsonField when type is not null:
                    ReferenceCodec.MarkValueField(reader.Session);
                    value = JsonSerializer.Deserialize(Bytes(ref reader), type, Contracts.Json);
                    break;
                case JsonField:
                    throw new RequiredFieldMissingException("A value came without the name of its type.");
                default:
                    reader.ConsumeUnknownField(header);
                    break;
            }
        }

        ReferenceCodec.RecordObject(reader.Session, value!, place);
        return value;
    }

    private static ReadOnlySpan<byte> Bytes<TInput>(ref Reader<TInput> reader)
    {
        var length = reader.ReadVarUInt32();
        return reader.TryReadBytes((int)length, out var bytes) ? bytes : reader.ReadBytes(length);
    }

    /// <exception cref="TypeLoadException">There is no such type.</exception>
    /// <exception cref="InvalidOperationException">It is none that may be sent.</exception>
    private Type TypeOf(ReadOnlySpan<byte> utf8) =>
        types.GetOrAdd(Encoding.UTF8.GetString(utf8), static (name, names) => names.Parse(name), typeNames);
}
