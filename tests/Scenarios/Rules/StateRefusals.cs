using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Rules;

/// <summary>Requests that would be right at another time, or about something that is there.</summary>
internal static class StateRefusals
{
    public static IReadOnlyList<Refused> Rows =>
    [
        new(404, "not-found", ["not-found"], at => at.Confirming(at.Unknown)),
        new(404, "not-found", ["not-found"], at => () => at.Till.Get($"/checkout-sessions/{at.Unknown}")),
        new(404, "not-found", ["not-found"], at => () => at.Till.Get($"/orders/{at.Unknown}")),
        new(404, "not-found", [], at => () => at.Till.Get("/checkout-sessions/")),
        new(410, "slip-expired", ["slip-expired"], async at =>
        {
            var slip = await at.Slip();
            await at.Restaurant.Pass(15.Minutes);
            return at.Confirming(slip.Id);
        }),

        new(409, "menu-item-unavailable", ["menu-item-unavailable /items/0/menuId"], async at =>
        {
            await at.Kitchen.Receive(at.Kitchen.Nyama, 10);
            return at.Opening($$"""
                {
                  "sessionType": "SLIP", "channel": "POS", "fulfillmentType": "PICKUP",
                  "items": [
                    { "menuId": "{{at.Kitchen.Ugali}}", "quantity": 1 },
                    { "menuId": "{{at.Kitchen.Nyama}}", "quantity": 999 }
                  ]
                }
                """);
        }),
        new(409, "insufficient-stock", ["insufficient-stock /items"], async at =>
        {
            var samaki = await at.Kitchen.AddDish("Samaki", 1000);
            await at.Kitchen.Receive(samaki, 100);
            return at.Opening($$"""
                {
                  "sessionType": "SLIP", "channel": "POS", "fulfillmentType": "PICKUP",
                  "items": [{ "menuId": "{{samaki}}", "quantity": 51 }, { "menuId": "{{samaki}}", "quantity": 51 }]
                }
                """);
        }),
        new(409, "not-a-slip", ["not-a-slip"], async at => at.Confirming((await at.Sale()).Id)),
        new(409, "already-confirmed", ["already-confirmed"], async at =>
        {
            var slip = await at.Slip();
            await at.Confirming(slip.Id)().Is(200);
            return at.Confirming(slip.Id);
        }),
        new(409, "slip-payment-in-progress", ["slip-payment-in-progress"], async at =>
        {
            var slip = await at.Slip();
            await at.Confirming(slip.Id, """{ "paymentMethod": "MOBILE_MONEY", "amount": 5000 }""")().Is(202);
            return at.Confirming(slip.Id);
        }),
        new(409, "session-not-pending", ["session-not-pending"], async at =>
        {
            var sale = await at.Sale();
            return () => at.Till.Post($"/checkout-sessions/{sale.Id}/cancel");
        }),
        new(409, "session-not-pending", ["session-not-pending"], async at =>
        {
            var slip = await at.Slip();
            await at.Till.Post($"/checkout-sessions/{slip.Id}/cancel").Is(200);
            return at.Confirming(slip.Id);
        }),
        new(409, "slip-still-valid", ["slip-still-valid"], async at =>
        {
            var slip = await at.Slip();
            return () => at.Till.Post($"/checkout-sessions/{slip.Id}/reissue");
        }),
        new(409, "nothing-to-return", ["nothing-to-return"], async at =>
        {
            var sale = await at.Sale();
            return () => at.Till.Post($"/checkout-sessions/{sale.Id}/return-money");
        }),
        new(412, "version-mismatch", [], async at =>
        {
            var sale = await at.Sale();
            return () => at.Till.With("If-Match", "\"7.7\"").Post($"/checkout-sessions/{sale.Id}/cancel");
        }),
        new(422, "idempotency-key-reused", ["idempotency-key-reused"], async at =>
        {
            await at.Till.WithKey("reused").Post("/checkout-sessions", at.SaleOfPilau).Is(201);
            return () => at.Till.WithKey("reused").Post(
                "/checkout-sessions",
                at.SaleOfPilau.Replace("\"channel\"", "\"tag\": \"John\", \"channel\"", StringComparison.Ordinal));
        }),
        new(422, "payments-total-mismatch", ["payments-total-mismatch /payments"], async at =>
        {
            var slip = await at.Slip();
            await at.Confirming(slip.Id)().Is(200);
            return at.Confirming(slip.Id, """{ "paymentMethod": "CASH", "amount": 5001 }""");
        }),
        new(401, "token-expired", [], async at =>
        {
            var yesterday = at.Till;
            await at.Restaurant.Pass(13.Hours);
            await at.Kitchen.BeginShift();
            return () => yesterday.Post("/checkout-sessions", "{");
        }),
    ];
}
