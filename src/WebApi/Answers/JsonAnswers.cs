using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace JikoXpress.WebApi.Answers;

/// <summary>Writes JSON as people like to read it: nothing is escaped that JSON itself lets stand.</summary>
internal static class JsonAnswers
{
    /// <summary>
    /// The default encoder escapes for the inside of HTML, which an answer never is: its Content-Type says JSON, and
    /// nosniff holds browsers to that.
    /// </summary>
    private static readonly JsonWriterOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Beyond this many bytes a thread's buffer is let go again.</summary>
    private const int LargestKept = 64 * 1024;

    /// <summary>Each thread writes into the same place again and again: an answer leaves no garbage behind.</summary>
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? mine;

    public static ReadOnlyMemory<byte> Json<T>(T view, JsonTypeInfo<T> type) => Write(view, type).ToArray();

    /// <summary>The whole body in one piece, so that its length is known.</summary>
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

    /// <summary>Stands until the thread writes the next one.</summary>
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
