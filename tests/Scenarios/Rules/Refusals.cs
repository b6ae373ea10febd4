using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Rules;

/// <summary>Every no of the product: its status, its code, what it points at, and that it changes nothing.</summary>
public sealed class Refusals(Restaurant restaurant) : Scenario(restaurant)
{
    private static readonly Dictionary<string, Refused> Rows =
        ShapeRefusals.Rows.Concat(RuleRefusals.Rows).Concat(StateRefusals.Rows)
            .Select((row, number) => (Name: $"{number + 1}: {row.Status} {row.Code}", Row: row))
            .ToDictionary(named => named.Name, named => named.Row);

    public static TheoryData<string> Names => [.. Rows.Keys];

    /// <summary>The contract's codes that requests can meet today, in its order.</summary>
    public static TheoryData<string> Codes =>
    [
        "method-not-allowed", "body-too-large", "uri-too-long", "unsupported-media-type",
        "headers-too-large",
        "malformed-json", "duplicate-field", "invalid-type", "idempotency-key-invalid", "cursor-invalid",
        "unauthenticated", "token-expired", "role-not-allowed", "channel-not-permitted",
        "unknown-field", "field-required", "invalid-text", "amount-out-of-range", "quantity-out-of-range",
        "too-many-items",
        "too-many-payments", "phone-invalid", "resolved-field-not-accepted", "card-data-not-accepted",
        "idempotency-key-reused", "session-type-not-allowed", "channel-fulfillment-not-allowed",
        "payment-method-not-allowed",
        "table-required", "lane-required", "delivery-address-required", "kitchen-required", "items-required",
        "items-not-allowed", "payments-required", "payments-not-allowed", "bill-not-allowed",
        "kitchen-customer-required",
        "kitchen-customer-not-allowed", "kitchen-payment-method-required", "kitchen-payment-method-not-allowed",
        "menu-item-not-found", "payments-total-mismatch", "insufficient-wallet-balance",
        "not-found", "slip-expired",
        "insufficient-stock", "menu-item-unavailable", "not-a-slip", "already-confirmed", "slip-payment-in-progress",
        "session-not-pending", "version-mismatch",
    ];

    /// <summary>The id of nothing.</summary>
    public Guid Unknown { get; } = Guid.Parse("7d444840-9dc0-11d1-b245-5ffdce74fad2");

    internal new Caller Till => base.Till;
    internal new Caller Kiosk => base.Kiosk;
    internal new TestKitchen Kitchen => base.Kitchen;
    internal new Restaurant Restaurant => base.Restaurant;

    [Theory, MemberData(nameof(Names))]
    public async Task Is_refused_and_leaves_no_trace(string name)
    {
        var row = Rows[name];
        var request = await row.Situation(this);
        var before = await Trace.Of(Restaurant.Database);

        var answer = await request();

        answer.Is(row.Status, $$"""
            {
              "status": {{row.Status}}, "code": "{{row.Code}}", "type": "/problems/{{row.Code}}", "title": "*",
              "detail": "*", "traceId": "*"
            }
            """);
        Assert.Equal("application/problem+json", answer.Header("Content-Type"));
        Assert.Equal(row.Errors, ErrorsOf(answer));
        Assert.Equal(before, await Trace.Of(Restaurant.Database));
    }

    [Theory, MemberData(nameof(Codes))]
    public void Every_code_of_the_contract_has_a_row(string code) => Assert.Contains(
        code, Rows.Values.Select(row => row.Code).Concat(Abuse.AbuseRows.All.Select(row => row.Code)));

    internal async Task<Answer> Slip() => await Till.Post("/checkout-sessions", $$"""
        {
          "sessionType": "SLIP", "channel": "POS", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }]
        }
        """).Is(201);

    internal async Task<Answer> Sale() => await Till.Post("/checkout-sessions", SaleOfPilau).Is(201);

    internal string SaleOfPilau => $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }], "payments": [{{Cash}}]
        }
        """;

    internal const string Cash = """{ "paymentMethod": "CASH", "amount": 5000 }""";

    internal Request Confirming(Guid session, string payment = Cash) =>
        () => Till.Post($"/checkout-sessions/{session}/confirm-slip", $$"""{ "payments": [{{payment}}] }""");

    internal Caller CallerOn(string channel) => channel switch
    {
        "POS" => Till,
        "KIOSK" => Kiosk,
        "APP" => Restaurant.AppUser,
        _ => throw new ArgumentOutOfRangeException(nameof(channel)),
    };

    /// <summary>A body with this kitchen's ids in the places of their names.</summary>
    internal async Task<string> Filled(string body)
    {
        var filled = body
            .Replace("$pilau", $"{Pilau}", StringComparison.Ordinal)
            .Replace("$ugali", $"{Kitchen.Ugali}", StringComparison.Ordinal)
            .Replace("$lipaVoda", $"{Kitchen.LipaVoda}", StringComparison.Ordinal)
            .Replace("$unknown", $"{Unknown}", StringComparison.Ordinal);
        return filled.Contains("$guest", StringComparison.Ordinal)
            ? filled.Replace("$guest", $"{await Kitchen.Guest(balance: 3000)}", StringComparison.Ordinal)
            : filled;
    }

    internal Request Opening(string body) => () => Till.Post("/checkout-sessions", body);

    private static IEnumerable<string> ErrorsOf(Answer answer) =>
        answer.At("errors").EnumerateArray()
        .Select(error => $"{error.GetProperty("code")} {error.GetProperty("pointer")}".TrimEnd());
}
