using static JikoXpress.Scenarios.Abuse.AbuseRow;

namespace JikoXpress.Scenarios.Abuse;

/// <summary>Callers who say that they are somebody else, and keys that are no keys.</summary>
internal static class CallerAbuse
{
    private const string Bearer = "Authorization: Bearer $cashier\r\n";

    public static IReadOnlyList<AbuseRow> Rows =>
    [
        As("nobody", 401, "unauthenticated", ""),
        As("an empty token", 401, "unauthenticated", "Authorization: Bearer \r\n"),
        As("a token of one's own making", 401, "unauthenticated",
            "Authorization: Bearer jx_test_staff_aaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"),
        As("a token without its end", 401, "unauthenticated", "Authorization: Bearer $cashiex\r\n"),
        As("a token with more at its end", 401, "unauthenticated", "Authorization: Bearer $cashier0\r\n"),
        As("a token that is SQL", 401, "unauthenticated", "Authorization: Bearer ' OR '1'='1\r\n"),
        As("a token of four thousand characters", 401, "unauthenticated",
            $"Authorization: Bearer {new string('a', 4000)}\r\n"),
        As("a signed token that nobody signed", 401, "unauthenticated",
            "Authorization: Bearer eyJhbGciOiJub25lIn0.eyJyb2xlIjoiTUFOQUdFUiJ9.\r\n"),
        As("a name and a password", 401, "unauthenticated", "Authorization: Basic YWRtaW46YWRtaW4=\r\n"),
        As("a token in a cookie", 401, "unauthenticated", "Cookie: token=$cashier; Authorization=Bearer $cashier\r\n"),
        As("two tokens", 400, "malformed-request", Bearer + Bearer),
        Get("a token in the path", 401, "unauthenticated", "/api/v1/orders?access_token=$cashier").WithoutToken(),
        Get("a kiosk at the cashier's", 403, "role-not-allowed", "/api/v1/slips/0123456789ABC")
            .With("$cashier", "$kiosk"),
        Get("slips for nobody", 401, "unauthenticated", "/api/v1/slips?number=0001-8").WithoutToken(),
        Get("another kitchen by header", 200, null, "/api/v1/orders",
            "X-Kitchen-Id: 7d444840-9dc0-11d1-b245-5ffdce74fad2\r\n"),
        Get("another caller by header", 200, null, "/api/v1/orders",
            "X-User-Id: 1\r\nX-Forwarded-For: 127.0.0.1\r\nX-Original-URL: /api/v1/operator/keys\r\n"),
        Get("another method by header", 200, null, "/api/v1/orders", "X-HTTP-Method-Override: DELETE\r\n"),
        Get("another kitchen's tickets", 404, "not-found",
            "/api/v1/kitchens/7d444840-9dc0-11d1-b245-5ffdce74fad2/tickets"),
        Get("another kitchen's stream", 404, "not-found",
            "/api/v1/kitchens/7d444840-9dc0-11d1-b245-5ffdce74fad2/tickets/stream"),

        Headers("an empty key", 400, "idempotency-key-invalid", "Idempotency-Key: "),
        Headers("a key one too long", 400, "idempotency-key-invalid", $"Idempotency-Key: {new string('k', 256)}"),
        Headers("a key with a blank", 400, "idempotency-key-invalid", "Idempotency-Key: my key"),
        Headers("a key in Swahili and bytes", 400, "idempotency-key-invalid", "Idempotency-Key: ufunguo\u00C3\u00A9"),
        Headers("two keys", 400, "idempotency-key-invalid", "Idempotency-Key: a\r\nIdempotency-Key: b"),
        Headers("a key with a null character", 400, null, "Idempotency-Key: a\0b"),
    ];

    private static AbuseRow As(string name, int status, string code, string authorization) =>
        Body($"{name} sells", status, code, ProperSale).With(Bearer, authorization);

    private static AbuseRow WithoutToken(this AbuseRow row) => row.With(Bearer, "");

    private static AbuseRow With(this AbuseRow row, string part, string by) =>
        row with { Text = row.Text.Replace(part, by, StringComparison.Ordinal) };
}
