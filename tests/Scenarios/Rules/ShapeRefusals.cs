namespace JikoXpress.Scenarios.Rules;

/// <summary>Requests that are not understood, or whose caller may not ask. Each breaks later rules as well.</summary>
internal static class ShapeRefusals
{
    private const string NotJson = "{";

    private const string NotUnderstood = """{ "sessionType": 7, "channel": "POS", "tag": 5, "staffId": 1 }""";

    public static IReadOnlyList<Refused> Rows =>
    [
        new(405, "method-not-allowed", [],
            at => () => at.Restaurant.Stranger.Send(HttpMethod.Put, "/checkout-sessions", NotJson)),
        new(413, "body-too-large", [], at => at.Opening($$"""{ "tag": "{{new string('a', 65 * 1024)}}" }""")),
        new(414, "uri-too-long", [],
            at => () => at.Restaurant.Stranger.Get($"/checkout-sessions?tableNumber={new string('5', 9 * 1024)}")),
        new(431, "headers-too-large", [],
            at => () => at.Restaurant.Stranger.With("X-Padding", new string('a', 40 * 1024)).Get("/orders")),

        new(401, "unauthenticated", [], at => () => at.Restaurant.Stranger.Post("/checkout-sessions", NotJson)),
        new(403, "role-not-allowed", [], at => () => at.Kitchen.Cook.Post("/checkout-sessions", NotJson)),
        new(403, "role-not-allowed", [],
            at => () => at.Kiosk.Post($"/checkout-sessions/{at.Unknown}/confirm-slip", NotJson)),

        new(400, "malformed-json", [], at => at.Opening(NotJson)),
        new(400, "duplicate-field", ["duplicate-field /channel", "invalid-type /channel", "invalid-type /sessionType"],
            at => at.Opening("""{ "sessionType": 7, "channel": "POS", "channel": "DRONE", "staffId": 1 }""")),
        new(400, "invalid-type",
            ["invalid-type /channel", "invalid-type /sessionType", "invalid-type /items/0/menuId",
                "invalid-type /items/0/quantity",
                "invalid-type /payments", "invalid-type /tag"],
            at => at.Opening("""
                {
                  "sessionType": "immediate", "channel": 1, "fulfillmentType": "PICKUP", "tag": 5, "staffId": 1,
                  "items": [{ "menuId": "pilau", "quantity": "2" }], "payments": {}
                }
                """)),
        new(400, "idempotency-key-invalid", ["idempotency-key-invalid"],
            at => () => at.Till.WithKey(new string('k', 256)).Post("/checkout-sessions", """{ "channel": "APP" }""")),
        new(400, "cursor-invalid", ["cursor-invalid ?after"],
            at => () => at.Till.Get("/checkout-sessions?after=edited&limit=0&colour=red")),

        new(403, "channel-not-permitted", [],
            at => () => at.Kiosk.Post("/checkout-sessions", """
                { "sessionType": "TAB", "channel": "POS", "fulfillmentType": "DELIVERY" }
                """)),
    ];
}
