namespace JikoXpress.Domain.Tests;

public sealed class TextRulesTests
{
    [Theory]
    [InlineData("Mama Fatuma's table, 2 plates & 1 chai (50%)")]
    [InlineData("Crème brûlée — ng'ombe")]
    [InlineData("محمد ☕ 茶 🍛")]
    [InlineData(" ")]
    public void What_people_write_is_printable(string text) =>
        Assert.True(TextRules.IsPrintable(text, lineBreaks: false));

    [Theory]
    [InlineData("\u0000")]
    [InlineData("\t")]
    [InlineData("\r")]
    [InlineData("\u001b@")] // A printer's own command.
    [InlineData("\u007f")]
    [InlineData("\u0085")]
    [InlineData("\u202e")] // Turns the reading direction around.
    [InlineData("\u2066")]
    [InlineData("\u200b")] // Takes no room.
    [InlineData("\u200d")]
    [InlineData("\ufeff")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    [InlineData("\ue000")] // Means something else to everybody.
    [InlineData("\ufffd")] // Stands for what was lost.
    [InlineData("\U000e0041")]
    public void What_would_deceive_a_reader_or_a_printer_is_not(string hostile)
    {
        Assert.False(TextRules.IsPrintable($"a{hostile}b", lineBreaks: false));
        Assert.False(TextRules.IsPrintable($"a{hostile}b", lineBreaks: true));
    }

    [Fact]
    public void Half_a_character_is_not_printable()
    {
        Assert.False(TextRules.IsPrintable("a" + (char)0xD83C, lineBreaks: true));
        Assert.False(TextRules.IsPrintable((char)0xDF5B + "a", lineBreaks: true));
    }

    [Fact]
    public void A_line_break_is_printable_only_in_notes()
    {
        Assert.True(TextRules.IsPrintable("no salt\nextra lime", lineBreaks: true));
        Assert.False(TextRules.IsPrintable("no salt\nextra lime", lineBreaks: false));
    }

    [Theory]
    [InlineData("no salt\r\nextra lime", "no salt\nextra lime", "no salt extra lime")]
    [InlineData("no salt\rextra\u2028lime", "no salt\nextra\nlime", "no salt extra lime")]
    [InlineData("one\ttwo", "one two", "one two")]
    [InlineData("\ufeffTable\u200b 5\u202e", "Table 5", "Table 5")]
    [InlineData("soft\u00adhyphen", "softhyphen", "softhyphen")]
    [InlineData("a\u200db", "ab", "ab")]
    [InlineData("\u200da", "a", "a")]
    [InlineData("a\u200d", "a", "a")]
    [InlineData("a\U000e0041b", "ab", "ab")]
    [InlineData("\u200d🍳", "🍳", "🍳")]
    [InlineData("\ufe0f\u200d🍳", "\ufe0f🍳", "\ufe0f🍳")]
    [InlineData("🏴\U000e0080\U000e0067", "🏴\U000e0080", "🏴\U000e0080")]
    public void What_comes_with_copying_is_mended(string text, string inNotes, string elsewhere)
    {
        Assert.Equal(inNotes, TextRules.Clean(text, lineBreaks: true));
        Assert.Equal(elsewhere, TextRules.Clean(text, lineBreaks: false));
        Assert.True(TextRules.IsPrintable(inNotes, lineBreaks: true));
        Assert.True(TextRules.IsPrintable(elsewhere, lineBreaks: false));
    }

    [Theory]
    [InlineData("👩‍🍳")] // A woman, a joiner, a pan.
    [InlineData("👩🏾‍🍳 for 2")] // With the colour of her skin.
    [InlineData("👨‍👩‍👧‍👦")]
    [InlineData("🏳️‍🌈")]
    [InlineData("🏴󠁧󠁢󠁥󠁮󠁧󠁿")] // A region's flag.
    [InlineData("🇹🇿")]
    [InlineData("Chef 👩🏾‍🍳")]
    [InlineData("👩🏻‍🍳")] // The lightest colour and the darkest.
    [InlineData("👩🏿‍🍳")]
    [InlineData("🙂‍↔️")] // Joined to an arrow, which counts as a sign of mathematics.
    [InlineData("🏴\U000e0020\U000e007f\U000e0067")] // The first tag and the last.
    [InlineData("محمد")]
    public void Joined_emoji_stay_whole(string text)
    {
        Assert.Equal(text, TextRules.Clean(text, lineBreaks: false));
        Assert.True(TextRules.IsPrintable(text, lineBreaks: false));
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("\u001b@")]
    [InlineData("a\ue000")]
    public void What_no_copying_explains_is_left_for_the_rules_to_refuse(string hostile)
    {
        Assert.Equal(hostile, TextRules.Clean(hostile, lineBreaks: true));
        Assert.False(TextRules.IsPrintable(TextRules.Clean(hostile, lineBreaks: true), lineBreaks: true));
    }

    [Fact]
    public void A_length_counts_what_a_person_sees()
    {
        Assert.True(TextRules.Fits("👩🏾‍🍳👩🏾‍🍳", 2));
        Assert.False(TextRules.Fits("👩🏾‍🍳👩🏾‍🍳", 1));
        Assert.True(TextRules.Fits("e\u0301e\u0301", 2));
        Assert.False(TextRules.Fits("abc", 2));
        Assert.False(TextRules.Fits("a" + new string('\u0301', 16), 2));
        Assert.True(TextRules.Fits("a" + new string('\u0301', 15), 2));
    }

    [Theory]
    [InlineData("4222222222222")] // 13 digits
    [InlineData("378282246310005")] // 15
    [InlineData("4111111111111111")] // 16
    [InlineData("6304000000000000000")] // 19
    [InlineData("4111 1111 1111 1111")]
    [InlineData("4111-1111-1111-1111")]
    [InlineData("card: 4111 1111-11111111, thanks")]
    [InlineData("4111 1111 1111 1111 12/27")]
    [InlineData("2 plates 4111111111111111 123")]
    [InlineData("0712345678 4111111111111111")]
    [InlineData("card4111111111111111")]
    [InlineData("0004111111111111111")] // filled up with zeros
    [InlineData("2223003122003222")] // Mastercard's second range
    [InlineData("550e8400-e29b-41d4-a716-446655440000 4111111111111111")]
    public void A_card_number_is_seen(string text) => Assert.True(TextRules.LooksLikeCardNumber(text));

    [Theory]
    [InlineData("")]
    [InlineData("422222222222")] // 12 digits are none, though these pass the check.
    [InlineData("424242424242")]
    [InlineData("4222222222223")] // One digit wrong.
    [InlineData("4111111111111112")]
    [InlineData("63040000000000000000")] // 20 digits
    [InlineData("00000000000000000000")]
    [InlineData("table 05, call +255700000000")]
    [InlineData("4111x1111x1111x1111")]
    [InlineData("2026-03-12 12:00")]
    [InlineData("e0945e55-052b-4be2-a9b4-302597704838")] // A UUID; its last thirteen digits pass the check.
    [InlineData("6b1f4111111111111111d3c09c3de7a8")] // A UUID without its dashes
    [InlineData("4f4111111111111111c99439")] // A document's key of 24 hexadecimal digits
    [InlineData("1764421512344")] // A time in milliseconds
    [InlineData("20261129130512345")] // A time as digits
    [InlineData("12 3, 994222222222222")] // The group after the comma begins anew, and is no card's.
    public void Other_figures_are_not(string text) => Assert.False(TextRules.LooksLikeCardNumber(text));
}
