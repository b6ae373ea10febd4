using static JikoXpress.Scenarios.Abuse.AbuseRow;

namespace JikoXpress.Scenarios.Abuse;

/// <summary>Bodies that are no JSON, not the right JSON, or JSON that means two things.</summary>
internal static class JsonAbuse
{
    private const string Amount = "\"amount\":5000";
    private const string Item = "{\"menuId\":\"$pilau\",\"quantity\":1,\"itemInstructions\":null}";
    private const string Channel = "\"channel\":\"POS\"";

    public static IReadOnlyList<AbuseRow> Rows =>
    [
        // Not one JSON object.
        Body("an empty body", 400, "malformed-json", ""),
        Body("null", 400, "malformed-json", "null"),
        Body("a list", 400, "malformed-json", "[]"),
        Body("a text", 400, "malformed-json", "\"sale\""),
        Body("half a body", 400, "malformed-json", ProperSale[..40]),
        Body("two bodies", 400, "malformed-json", ProperSale + "{}"),
        Body("a comment", 400, "malformed-json", "/* sale */" + ProperSale),
        Body("a comma at the end", 400, "malformed-json", ProperSale.Replace("}]}", "}],}", StringComparison.Ordinal)),
        Body("single quotes", 400, "malformed-json", ProperSale.Replace('"', '\'')),
        Body("thirty thousand lists in each other", 400, "malformed-json", new string('[', 30_000)),
        Body("objects deeper than any sale", 400, "malformed-json",
            string.Concat(Enumerable.Repeat("{\"a\":", 20)) + "1" + new string('}', 20)),
        Body("a byte order mark", 400, "malformed-json", "\u00EF\u00BB\u00BF" + ProperSale),
        Sale("bytes that are no UTF-8", 400, "malformed-json", "John", "J\u00FFhn"),
        Sale("an overlong slash", 400, "malformed-json", "John", "\u00C0\u00AF"),
        Sale("half a surrogate pair", 400, "malformed-json", "John", "\\ud800"),
        Sale("a raw line break in a text", 400, "malformed-json", "John", "Jo\nhn"),

        // Numbers.
        Sale("a negative amount", 422, "amount-out-of-range", Amount, "\"amount\":-5000"),
        Sale("an amount of nothing", 422, "amount-out-of-range", Amount, "\"amount\":0"),
        Sale("an amount of minus nothing", 422, "amount-out-of-range", Amount, "\"amount\":-0"),
        Sale("one more than the largest amount", 422, "amount-out-of-range", Amount, "\"amount\":1000000000001"),
        Sale("the largest number", 422, "amount-out-of-range", Amount, "\"amount\":9223372036854775807"),
        Sale("more than the largest number", 422, "amount-out-of-range", Amount, "\"amount\":9223372036854775808"),
        Sale("a number of a thousand digits", 422, "amount-out-of-range", Amount,
            $"\"amount\":{new string('9', 1000)}"),
        Sale("an exponent", 400, "invalid-type", Amount, "\"amount\":5e3"),
        Sale("a great exponent", 400, "invalid-type", Amount, "\"amount\":9e18"),
        Sale("a whole number with a point", 400, "invalid-type", Amount, "\"amount\":5000.0"),
        Sale("half a shilling", 400, "invalid-type", Amount, "\"amount\":5000.5"),
        Sale("a leading zero", 400, "malformed-json", Amount, "\"amount\":05000"),
        Sale("a hexadecimal amount", 400, "malformed-json", Amount, "\"amount\":0x10"),
        Sale("not a number", 400, "malformed-json", Amount, "\"amount\":NaN"),
        Sale("not a number as text", 400, "invalid-type", Amount, "\"amount\":\"NaN\""),
        Sale("infinity", 400, "malformed-json", Amount, "\"amount\":Infinity"),
        Sale("a plus sign", 400, "malformed-json", Amount, "\"amount\":+5000"),
        Sale("true for an amount", 400, "invalid-type", Amount, "\"amount\":true"),
        Sale("a text for an amount", 400, "invalid-type", Amount, "\"amount\":\"5000\""),
        Sale("null for an amount", 422, "field-required", Amount, "\"amount\":null"),
        Sale("a list for an amount", 400, "invalid-type", Amount, "\"amount\":[5000]"),
        Sale("no amount", 422, "field-required", "," + Amount, ""),
        Sale("no plates", 422, "quantity-out-of-range", "\"quantity\":1", "\"quantity\":0"),
        Sale("less than no plates", 422, "quantity-out-of-range", "\"quantity\":1", "\"quantity\":-1"),
        Sale("half a plate more", 400, "invalid-type", "\"quantity\":1", "\"quantity\":1.5"),
        Sale("too many plates", 422, "quantity-out-of-range", "\"quantity\":1", "\"quantity\":1000"),
        Sale("more plates than a number holds", 422, "quantity-out-of-range", "\"quantity\":1",
            "\"quantity\":2147483648"),

        // Names and words.
        Sale("the amount twice", 400, "duplicate-field", Amount, "\"amount\":5000,\"amount\":1"),
        Sale("the amount twice, once in disguise", 400, "duplicate-field", Amount,
            "\"amount\":5000,\"\\u0061mount\":1"),
        Sale("the amount in capitals beside it", 422, "unknown-field", Amount, "\"amount\":5000,\"Amount\":1"),
        Sale("a channel that is none", 400, "invalid-type", Channel, "\"channel\":\"DRONE\""),
        Sale("an empty channel", 400, "invalid-type", Channel, "\"channel\":\"\""),
        Sale("a channel in Cyrillic", 400, "invalid-type", Channel, "\"channel\":\"P\\u041eS\""),
        Sale("a channel as a number", 400, "invalid-type", Channel, "\"channel\":1"),
        Sale("no channel's number", 400, "invalid-type", Channel, "\"channel\":99"),
        Sale("a channel in small letters", 400, "invalid-type", Channel, "\"channel\":\"pos\""),
        Sale("two channels in one", 400, "invalid-type", Channel, "\"channel\":\"POS, KIOSK\""),
        Sale("no channel", 422, "field-required", Channel + ",", ""),

        // Lists and ids.
        Sale("null for a payment", 400, "invalid-type", "{\"paymentMethod\":\"CASH\",\"amount\":5000}", "null"),
        Sale("null for an item", 400, "invalid-type", Item, "null"),
        Sale("a list in the list", 400, "invalid-type", Item, "[]"),
        Sale("an object for the list", 400, "invalid-type", "[{\"paymentMethod\":\"CASH\",\"amount\":5000}]", "{}"),
        Sale("no items", 422, "items-required", Item, ""),
        Sale("an id that is none", 400, "invalid-type", "$pilau", "pilau"),
        Sale("an id of zeros", 400, "invalid-type", "$pilau", "00000000-0000-0000-0000-000000000000"),
        Sale("an id in braces", 400, "invalid-type", "\"$pilau\"", "\"{$pilau}\""),
        Sale("an id with a blank", 400, "invalid-type", "\"$pilau\"", "\" $pilau\""),
        Sale("no id", 422, "field-required", "\"menuId\":\"$pilau\",", ""),
    ];
}
