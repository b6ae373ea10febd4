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

    public static ReadOnlyMemory<byte> Json<T>(T view, JsonTypeInfo<T> type)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, Readable);
        JsonSerializer.Serialize(writer, view, type);
        return buffer.WrittenMemory;
    }

    /// <summary>The whole body in one piece, so that its length is known.</summary>
    public static Task WriteJson<T>(
        this HttpResponse response, string contentType, T view, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        response.WriteJson(contentType, Json(view, type), cancellation);

    public static async Task WriteJson(
        this HttpResponse response, string contentType, ReadOnlyMemory<byte> json, CancellationToken cancellation)
    {
        response.ContentType = contentType;
        response.ContentLength = json.Length;
        await response.BodyWriter.WriteAsync(json, cancellation);
    }
}
