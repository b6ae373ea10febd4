using static JikoXpress.Scenarios.Abuse.AbuseRow;

namespace JikoXpress.Scenarios.Abuse;

/// <summary>Proper JSON that tries to get something through: characters, cards, prices, somebody else's name.</summary>
internal static class RuleAbuse
{
    private const string Tag = "\"tag\":\"John\"";
    private const string Instructions = "\"itemInstructions\":null";

    public static IReadOnlyList<AbuseRow> Rows =>
    [
        Sale("a null character", 422, "invalid-text", "John", "Jo\\u0000hn"),
        Sale("a bell", 422, "invalid-text", "John", "Jo\\u0007hn"),
        Sale("a printer's command", 422, "invalid-text", Instructions, "\"itemInstructions\":\"\\u001b@\\u001bp0\""),
        Sale("ten thousand accents", 422, "invalid-text", "John",
            "J" + string.Concat(Enumerable.Repeat("\\u0301", 10_000))),
        Sale("an empty tag", 422, "invalid-text", "John", ""),
        Sale("a tag one too long", 422, "invalid-text", "John", new string('a', 65)),
        Sale("instructions one too long", 422, "invalid-text", Instructions,
            $"\"itemInstructions\":\"{new string('a', 501)}\""),
        Sale("a card's number", 422, "card-data-not-accepted", "John", "4111111111111111"),
        Sale("a card's number in groups", 422, "card-data-not-accepted", "John", "5500 0000 0000 0004"),
        Sale("a card's number in instructions", 422, "card-data-not-accepted", Instructions,
            "\"itemInstructions\":\"card 3782-822463-10005\""),
        Sale("north of the pole", 422, "coordinate-out-of-range", Tag,
            "\"deliveryAddress\":{\"street\":\"a\",\"area\":\"b\",\"city\":\"c\",\"latitude\":91,\"longitude\":0}"),
        Sale("further than far", 400, "invalid-type", Tag,
            "\"deliveryAddress\":{\"street\":\"a\",\"area\":\"b\",\"city\":\"c\",\"latitude\":0,\"longitude\":1e400}"),

        Sale("a phone of forty digits", 422, "phone-invalid", Tag, $"\"customerPhone\":\"+255{new string('7', 36)}\""),
        Sale("a phone of letters", 422, "phone-invalid", Tag, "\"customerPhone\":\"+255abcdefghi\""),
        Sale("a phone abroad", 422, "phone-invalid", Tag, "\"customerPhone\":\"+254712345678\""),

        Sale("a shilling too much", 422, "payments-total-mismatch", "5000", "5001"),
        Sale("a shilling too little", 422, "payments-total-mismatch", "5000", "4999"),
        Sale("a price of one's own", 422, "unknown-field", Tag, "\"price\":1"),
        Sale("a total of one's own", 422, "unknown-field", Tag, "\"total\":1"),
        Sale("a discount", 422, "unknown-field", Tag, "\"discount\":4999"),
        Sale("another currency", 422, "unknown-field", Tag, "\"currency\":\"USD\""),
        Sale("a status", 422, "unknown-field", Tag, "\"status\":\"CONFIRMED\""),
        Sale("an approval", 422, "unknown-field", Tag, "\"approved\":true"),
        Sale("a price on a line", 422, "unknown-field", "\"quantity\":1", "\"quantity\":1,\"unitPrice\":1"),
        Sale("a paid leg", 422, "unknown-field", "\"amount\":5000", "\"amount\":5000,\"status\":\"PAID\""),
        Sale("a prototype", 422, "unknown-field", Tag, "\"__proto__\":{\"role\":\"MANAGER\"}"),
        Sale("another cashier", 422, "resolved-field-not-accepted", Tag, "\"staffId\":\"$pilau\""),
        Sale("an account", 422, "resolved-field-not-accepted", Tag, "\"accountId\":\"$pilau\""),
        Sale("one's own kitchen", 422, "resolved-field-not-accepted", Tag, "\"kitchenId\":\"$kitchen\""),
        Sale("another kitchen", 422, "resolved-field-not-accepted", Tag, "\"kitchenId\":\"$pilau\""),
        Sale("a dish that nobody has", 422, "menu-item-not-found", "$pilau", "7d444840-9dc0-11d1-b245-5ffdce74fad2"),
        Sale("the app's channel", 403, "channel-not-permitted", "\"channel\":\"POS\"", "\"channel\":\"APP\""),
        Sale("the bot's channel", 403, "channel-not-permitted", "\"channel\":\"POS\"", "\"channel\":\"WHATSAPP\""),
    ];
}
