using System.Text.Json.Nodes;
using JikoXpress.Domain;

namespace JikoXpress.Scenarios.Rules;

/// <summary>
/// Requests that are understood and against the rules. Each row takes a sale that would pass and breaks its own rule in
/// it, and later ones too: all of them are listed, in the order of the rules.
/// </summary>
internal static class RuleRefusals
{
    /// <summary>
    /// What every row of the first table breaks besides its own rule, and what the answer says of it.
    /// </summary>
    private const string Rest = """
        {
          "billId": "7d444840-9dc0-11d1-b245-5ffdce74fad2", "tag": "", "items": [{ "menuId": "$pilau", "quantity": 0 }],
          "payments": [{ "paymentMethod": "CASH", "amount": 0 }]
        }
        """;

    private const string OnePilau = """{ "menuId": "$pilau", "quantity": 1 }""";
    private const string SomeCash = """{ "paymentMethod": "CASH", "amount": 500 }""";
    private const string Bill = "bill-not-allowed /billId";
    private const string Tag = "invalid-text /tag";
    private const string Quantity = "quantity-out-of-range /items/0/quantity";
    private const string Amount = "amount-out-of-range /payments/0/amount";

    public static IReadOnlyList<Refused> Rows =>
    [
        // What the request says of itself.
        Pos(["field-required /fulfillmentType", "unknown-field /price"],
            """{ "fulfillmentType": null, "price": 1, "tag": "" }"""),
        Pos(["field-required /items/0/menuId", "resolved-field-not-accepted /staffId", Bill, Tag, Amount], Rest,
            """{ "items": [{ "quantity": 1 }], "staffId": "x" }"""),
        Pos(["resolved-field-not-accepted /staffId", "resolved-field-not-accepted /accountId",
                "resolved-field-not-accepted /kitchenId", Bill, Tag, Quantity, Amount], Rest,
            """{ "staffId": "x", "accountId": "y", "kitchenId": "z" }"""),
        Pos(["unknown-field /price", Bill, Tag, Quantity, Amount], Rest, """{ "price": 1 }"""),
        Kiosk(["session-type-not-allowed /sessionType", "channel-fulfillment-not-allowed /fulfillmentType",
                "delivery-address-required /deliveryAddress", "payments-not-allowed /payments", Tag, Quantity,
                "payment-method-not-allowed /payments/0/paymentMethod", Amount], Rest,
            """{ "sessionType": "TAB", "fulfillmentType": "DELIVERY" }"""),
        Pos(["channel-fulfillment-not-allowed /fulfillmentType", "delivery-address-required /deliveryAddress",
                Bill, Tag, Quantity, Amount], Rest,
            """{ "fulfillmentType": "DELIVERY" }"""),

        // What goes with what.
        Pos(["table-required /tableNumber", Bill, Tag, Quantity, Amount], Rest, """{ "fulfillmentType": "DINE_IN" }"""),
        Pos(["lane-required /laneNumber", Bill, Tag, Quantity, Amount], Rest,
            """{ "fulfillmentType": "DRIVE_THROUGH" }"""),
        App(["delivery-address-required /deliveryAddress", "kitchen-required /kitchenId",
                Bill, Tag, Quantity, Amount], Rest,
            """{ "fulfillmentType": "DELIVERY", "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 0 }] }"""),
        Pos(["phone-invalid /customerPhone", Bill, Tag, Quantity, Amount], Rest,
            """{ "customerPhone": "071234567" }"""),
        App(["kitchen-required /kitchenId", Bill, Tag, Quantity, Amount], Rest,
            """{ "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 0 }] }"""),
        App(["items-not-allowed /items", Bill, Tag, Quantity, Amount, "cart-empty"], Rest,
            """{ "fromCart": true, "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 0 }] }"""),
        Pos(["items-required /items", Bill, Tag, Amount], Rest, """{ "items": [] }"""),
        Pos(["payments-required /payments", Bill, Tag, Quantity], Rest, """{ "payments": [] }"""),
        Pos(["payments-not-allowed /payments", Bill, Tag, Quantity, Amount], Rest, """{ "sessionType": "SLIP" }"""),
        Pos([Bill, Tag, Quantity, Amount], Rest),

        // Texts and figures.
        Pos([Tag, Quantity, Amount], Rest, """{ "billId": null }"""),
        Pos(["card-data-not-accepted /tag", Quantity, Amount], Rest,
            """{ "billId": null, "tag": "4111 1111 1111 1111" }"""),
        Pos(["too-many-items /items", Amount], Rest,
            $$"""{ "billId": null, "tag": null, "items": [{{Times(101, OnePilau)}}] }"""),
        Pos([Quantity, Amount], Rest, """{ "billId": null, "tag": null }"""),
        Pos([Quantity], """{ "items": [{ "menuId": "$pilau", "quantity": 1000 }] }"""),
        Pos(["too-many-payments /payments", "amount-out-of-range /payments/10/amount"],
            $$"""
            { "payments": [{{Times(10, SomeCash)}}, { "paymentMethod": "CASH", "amount": -1 }] }
            """),
        Kiosk(["payment-method-not-allowed /payments/0/paymentMethod", Amount],
            """{ "payments": [{ "paymentMethod": "CASH", "amount": 1000000000001 }] }"""),
        Pos([Amount, "kitchen-customer-required /payments/0/kitchenCustomerId"],
            """{ "payments": [{ "paymentMethod": "KITCHEN_WALLET", "amount": 0 }] }"""),
        Pos(["kitchen-customer-required /payments/0/kitchenCustomerId",
                "kitchen-payment-method-not-allowed /payments/0/kitchenPaymentMethodId",
                "phone-not-allowed /payments/0/phoneNumber", "phone-invalid /payments/0/phoneNumber",
                "kitchen-payment-method-not-found /payments/0/kitchenPaymentMethodId"],
            """
            { "payments": [{ "paymentMethod": "KITCHEN_WALLET", "amount": 5000, "phoneNumber": "1",
              "kitchenPaymentMethodId": "$unknown" }] }
            """),
        Pos(["kitchen-customer-not-allowed /payments/0/kitchenCustomerId",
                "phone-not-allowed /payments/0/phoneNumber", "phone-invalid /payments/0/phoneNumber",
                "kitchen-customer-not-found /payments/0/kitchenCustomerId"],
            """
            { "payments": [{ "paymentMethod": "CASH", "amount": 5000, "phoneNumber": "1",
              "kitchenCustomerId": "$unknown" }] }
            """),
        Pos(["kitchen-payment-method-required /payments/0/kitchenPaymentMethodId",
                "phone-not-allowed /payments/0/phoneNumber", "phone-invalid /payments/0/phoneNumber"],
            """
            { "payments": [{ "paymentMethod": "KITCHEN_CHANNEL", "amount": 5000,
              "phoneNumber": "+254 712 345 678" }] }
            """),
        Pos(["tendered-too-little /payments/0/tendered", "payments-total-mismatch /payments"],
            """{ "payments": [{ "paymentMethod": "CASH", "amount": 4999, "tendered": 4998 }] }"""),
        Pos(["tendered-not-allowed /payments/0/tendered", "payments-total-mismatch /payments"],
            """{ "payments": [{ "paymentMethod": "CARD", "amount": 4999, "tendered": 5000 }] }"""),
        Pos(["kitchen-payment-method-not-allowed /payments/0/kitchenPaymentMethodId",
                "payments-total-mismatch /payments"],
            """{ "payments": [{ "paymentMethod": "CASH", "amount": 4999, "kitchenPaymentMethodId": "$lipaVoda" }] }"""),

        // What the kitchen knows.
        Pos(["menu-item-not-found /items/1/menuId", "kitchen-customer-not-found /payments/0/kitchenCustomerId"],
            """
            {
              "items": [
                { "menuId": "$pilau", "quantity": 1 }, { "menuId": "$unknown", "quantity": 1 },
                { "menuId": "$ugali", "quantity": 1 }
              ],
              "payments": [{ "paymentMethod": "KITCHEN_WALLET", "amount": 1, "kitchenCustomerId": "$unknown" }]
            }
            """),
        Pos(["kitchen-payment-method-not-found /payments/0/kitchenPaymentMethodId",
                "payments-total-mismatch /payments"],
            """
            { "payments": [{ "paymentMethod": "KITCHEN_CHANNEL", "amount": 5001,
              "kitchenPaymentMethodId": "$unknown" }] }
            """),
        Pos(["insufficient-wallet-balance /payments/0", "payments-total-mismatch /payments"],
            """
            {
              "items": [{ "menuId": "$ugali", "quantity": 1 }],
              "payments": [{ "paymentMethod": "KITCHEN_WALLET", "amount": 3001, "kitchenCustomerId": "$guest" }]
            }
            """),
        Pos(["payments-total-mismatch /payments"], """{ "items": [{ "menuId": "$ugali", "quantity": 1 }] }"""),
        Pos(["payments-total-mismatch /payments"], """{ "payments": [{ "paymentMethod": "CASH", "amount": 5001 }] }"""),
        Pos(["payments-total-mismatch /payments"], """{ "payments": [{ "paymentMethod": "CASH", "amount": 4999 }] }"""),
    ];

    private static Refused Pos(Sequence<string> errors, params string[] patches) => On("POS", errors, patches);

    private static Refused Kiosk(Sequence<string> errors, params string[] patches) => On("KIOSK", errors, patches);

    private static Refused App(Sequence<string> errors, params string[] patches) => On("APP", errors, patches);

    private static Refused On(string channel, Sequence<string> errors, string[] patches) =>
        new(422, errors[0].Split(' ')[0], errors, async at =>
        {
            var sale = JsonNode.Parse(at.SaleOfPilau)!.AsObject();
            sale["channel"] = channel;
            foreach (var (name, value) in patches.SelectMany(patch => JsonNode.Parse(patch)!.AsObject()))
                sale[name] = value?.DeepClone();
            var body = await at.Filled(sale.ToJsonString());
            return () => at.CallerOn(channel).Post("/checkout-sessions", body);
        });

    private static string Times(int count, string item) => string.Join(", ", Enumerable.Repeat(item, count));
}
