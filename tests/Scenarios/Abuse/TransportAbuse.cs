using static JikoXpress.Scenarios.Abuse.AbuseRow;

namespace JikoXpress.Scenarios.Abuse;

/// <summary>What is wrong below the body: media types, encodings, methods, paths, headers, framing.</summary>
internal static class TransportAbuse
{
    private const string Json = "Content-Type: application/json\r\n";
    private const string Sessions = "/api/v1/checkout-sessions";

    public static IReadOnlyList<AbuseRow> Rows =>
    [
        Body("a sale as plain text", 415, "unsupported-media-type", ProperSale, "text/plain"),
        Body("a sale as a form", 415, "unsupported-media-type", "sessionType=IMMEDIATE",
            "application/x-www-form-urlencoded"),
        Body("a sale as parts", 415, "unsupported-media-type", ProperSale, "multipart/form-data; boundary=x"),
        Body("a sale in UTF-16", 415, "unsupported-media-type", ProperSale, "application/json; charset=utf-16"),
        Body("a sale in somebody's JSON", 415, "unsupported-media-type", ProperSale, "application/vnd.sale+json"),
        new("a sale of no type", 415, "unsupported-media-type", Post(ProperSale, "")),
        Headers("a packed sale", 415, "unsupported-media-type", "Content-Encoding: gzip"),
        new("a sale of 31 MB", 413, "body-too-large", Request("POST", Sessions, Json + "Content-Length: 31000000\r\n")),
        new("a sale of 65 KiB in pieces", 413, "body-too-large",
            Request("POST", Sessions, Json + "Transfer-Encoding: chunked\r\n")
                + $"10400\r\n{new string(' ', 0x10400)}\r\n0\r\n\r\n"),

        new("PUT where nothing is put", 405, "method-not-allowed", Request("PUT", Sessions)),
        new("DELETE of a session", 405, "method-not-allowed", Request("DELETE", $"{Sessions}/$pilau")),
        new("TRACE", 405, "method-not-allowed", Request("TRACE", Sessions)),
        new("a method that is none", 405, "method-not-allowed", Request("FOO", Sessions)),
        new("CONNECT", 404, "not-found",
            "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80\r\nConnection: close\r\n\r\n"),
        new("GET with a body", 200, null, Request("GET", "/api/v1/orders", "Content-Length: 2\r\n") + "{}"),

        Get("a path in capitals", 404, "not-found", "/API/V1/ORDERS"),
        Get("a path in part in capitals", 404, "not-found", "/api/v1/Orders"),
        Get("a slash at the end", 404, "not-found", "/api/v1/orders/"),
        Get("two slashes", 404, "not-found", "/api//v1/orders"),
        Get("a path by way of its parent", 404, "not-found", "/api/v1/x/../orders"),
        Get("a path by way of its parent, in disguise", 404, "not-found", "/api/v1/x/%2e%2e/orders"),
        Get("a letter in disguise", 404, "not-found", "/api/v1/%6frders"),
        Get("a path that ends early", 400, null, "/api/v1/orders%00"),
        Get("an id in a path that is none", 404, "not-found", "/api/v1/checkout-sessions/1"),
        Get("an id in a path that is SQL", 404, "not-found", "/api/v1/checkout-sessions/1'%20OR%20'1'='1"),
        Get("a file of the system", 404, "not-found", "/../../etc/passwd"),
        Get("the whole address of another host", 400, null, "http://evil.example/api/v1/orders"),

        Get("a page of nothing", 422, "parameter-out-of-range", "/api/v1/orders?limit=0"),
        Get("a page before the first", 422, "parameter-out-of-range", "/api/v1/orders?limit=-1"),
        Get("a page of everything", 422, "parameter-out-of-range", "/api/v1/orders?limit=1000000000"),
        Get("a page of letters", 400, "invalid-type", "/api/v1/orders?limit=all"),
        Get("two limits", 400, "invalid-type", "/api/v1/orders?limit=1&limit=2"),
        Get("a cursor of one's own making", 400, "cursor-invalid", "/api/v1/orders?after=MQ"),
        Get("a cursor that is SQL", 400, "cursor-invalid", "/api/v1/orders?after=1';DROP%20TABLE%20jiko.event;--"),
        Get("a filter that is none", 422, "unknown-parameter", "/api/v1/orders?orderBy=total;DROP%20TABLE"),
        Get("a filter that is SQL", 200, null,
            "/api/v1/checkout-sessions?tableNumber='%20OR%201=1--&clientReference=';DROP%20TABLE"),
        Get("a filter with a null character", 422, "invalid-text", "/api/v1/checkout-sessions?tableNumber=%00"),
        Get("a day that never was", 400, "invalid-type", "/api/v1/checkout-sessions?startDate=2026-02-30"),
        Get("a slip number that is none", 422, "slip-number-invalid", "/api/v1/slips?number=0001-9"),
        Get("a place in a stream that is none", 400, "cursor-invalid", "/api/v1/kitchens/$kitchen/tickets/stream",
            "Last-Event-ID: -1\r\n"),

        Get("a path of nine thousand characters", 414, "uri-too-long", $"/api/v1/orders?limit={new string('1', 9000)}"),
        Get("a path of twenty thousand characters", 414, null, $"/api/v1/orders?limit={new string('1', 20_000)}"),
        Get("a header of forty thousand characters", 431, "headers-too-large", "/api/v1/orders",
            $"X-Long: {new string('a', 40_000)}\r\n"),
        Get("headers beyond counting", 431, null, "/api/v1/orders", Many(250)),
        Get("a hundred and fifty headers", 431, "headers-too-large", "/api/v1/orders", Many(150)),

        Headers("a length and pieces", 400, "malformed-request", "Transfer-Encoding: chunked"),
        Headers("two lengths", 400, null, "Content-Length: 5"),
        Headers("a length below nothing", 400, null, "Content-Length: -1"),
        Headers("a header name with a blank", 400, null, "X-Thing : 1"),
        Headers("a header folded", 400, null, "X-Thing: 1\r\n folded"),
        Headers("a header without a colon", 400, null, "X-Thing"),
        new("no host", 400, null, "GET /api/v1/orders HTTP/1.1\r\nConnection: close\r\n\r\n"),
        Get("two hosts", 400, null, "/api/v1/orders", "Host: evil.example\r\n"),
        new("no HTTP at all", 400, null, "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00FC\u0003\u0003\r\n\r\n"),
        new("HTTP of another age", 505, null, "GET /api/v1/orders HTTP/3.0\r\nHost: localhost\r\n\r\n"),
    ];

    private static string Request(string method, string target, string headers = "") =>
        $"{method} {target} HTTP/1.1\r\n{Head}{headers}\r\n";

    private static string Many(int headers) =>
        string.Concat(Enumerable.Range(0, headers).Select(number => $"X-Header-{number}: 1\r\n"));
}
