using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace JikoXpress.WebApi.Answers;

/// <summary>Writes JSON that people can read: only characters that JSON requires to be escaped are escaped.</summary>
internal static class JsonAnswers
{
    /// <summary>
    /// The default encoder also escapes for use inside HTML. That is not needed here: the Content-Type is JSON, and the
    /// nosniff header stops browsers from treating it as HTML.
    /// </summary>
    private static readonly JsonWriterOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A thread's buffer with more bytes than this is not kept.</summary>
    private const int LargestKept = 64 * 1024;

    /// <summary>Each thread reuses its buffer, so an answer allocates nothing.</summary>
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? mine;

    public static ReadOnlyMemory<byte> Json<T>(T view, JsonTypeInfo<T> type) => Write(view, type).ToArray();

    /// <summary>Writes the whole body at once, so that its length is known.</summary>
    public static async Task WriteJson<T>(
        this HttpResponse response, string contentType, T view, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        Put(response, contentType, Write(view, type));
        await response.BodyWriter.FlushAsync(cancellation);
    }

    public static async Task WriteJson(
        this HttpResponse response, string contentType, ReadOnlyMemory<byte> json, CancellationToken cancellation)
    {
        Put(response, contentType, json.Span);
        await response.BodyWriter.FlushAsync(cancellation);
    }

    private static void Put(HttpResponse response, string contentType, ReadOnlySpan<byte> json)
    {
        response.ContentType = contentType;
        response.ContentLength = json.Length;
        response.BodyWriter.Write(json);
    }

    /// <summary>The result is valid until the thread writes the next answer.</summary>
    private static ReadOnlySpan<byte> Write<T>(T view, JsonTypeInfo<T> type)
    {
        if (mine is not { Buffer.Capacity: <= LargestKept } kept)
        {
            var made = new ArrayBufferWriter<byte>(4096);
            mine = kept = (made, new Utf8JsonWriter(made, Readable));
        }

        kept.Buffer.ResetWrittenCount();
        kept.Writer.Reset();
        JsonSerializer.Serialize(kept.Writer, view, type);
        return kept.Buffer.WrittenSpan;
    }
}

/// <summary>
/// Writes times as RFC 3339 in UTC, to the millisecond, as in 2026-04-01T09:00:00.000Z.
/// </summary>
internal sealed class InstantJson : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[24];
        value.UtcDateTime.TryFormat(text, out var length, Format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}
