using System.Text;

namespace JikoXpress.Bench.Load;

/// <summary>Requests as the bytes that go over the wire.</summary>
internal static class Request
{
    public static byte[] Get(string path, string? token, string? knownTag = null) => Encoding.UTF8.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{Bearer(token)}"
        + (knownTag is null ? "" : $"If-None-Match: {knownTag}\r\n") + "\r\n");

    public static byte[] Post(
        string path, string? token, string json, string headers = "", string host = "127.0.0.1") =>
        Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: {host}\r\n{Bearer(token)}{headers}Content-Type: application/json\r\n"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    private static string Bearer(string? token) => token is null ? "" : $"Authorization: Bearer {token}\r\n";
}
