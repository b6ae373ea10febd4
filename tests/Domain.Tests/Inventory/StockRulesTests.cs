using JikoXpress.Domain.Inventory;
using static JikoXpress.Domain.StockAdjustmentKind;

namespace JikoXpress.Domain.Tests.Inventory;

public sealed class StockRulesTests
{
    /// <summary>The codes reached here.</summary>
    public static string[] Codes => ["quantity-out-of-range", "field-required", "invalid-text"];

    [Fact]
    public void All_that_is_wrong_is_told_in_order()
    {
        Assert.Equal(
            ["quantity-out-of-range", "field-required"],
            StockRules.Broken(Adjust(Waste, 0)).Select(refusal => refusal.Code));
        Assert.Equal(
            ["quantity-out-of-range", "invalid-text"],
            StockRules.Broken(Adjust(Waste, 0, "")).Select(refusal => refusal.Code));
    }

    public static TheoryData<StockAdjustmentKind, int, bool> Quantities => new()
    {
        { Receipt, -1, false }, { Receipt, 0, false }, { Receipt, 1, true },
        { Receipt, 1_000_000, true }, { Receipt, 1_000_001, false },
        { Waste, 0, false }, { Waste, 1, true }, { Waste, 1_000_000, true }, { Waste, 1_000_001, false },
        { Count, -1, false }, { Count, 0, true }, { Count, 1_000_000, true }, { Count, 1_000_001, false },
    };

    [Theory, MemberData(nameof(Quantities))]
    public void Goods_come_and_go_by_one_to_a_million_and_a_count_may_find_none(
        StockAdjustmentKind kind, int quantity, bool accepted)
    {
        var refusals = StockRules.Broken(Adjust(kind, quantity, "Dropped"));

        Assert.Equal(accepted ? [] : [("quantity-out-of-range", "/quantity")], refusals.Select(No));
    }

    [Theory]
    [InlineData(Receipt, true)]
    [InlineData(Count, true)]
    [InlineData(Waste, false)]
    public void Only_waste_needs_a_reason(StockAdjustmentKind kind, bool accepted) =>
        Assert.Equal(accepted ? [] : [("field-required", "/reason")], StockRules.Broken(Adjust(kind, 1)).Select(No));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void A_reason_is_1_to_200_characters(int length, bool accepted) => Assert.Equal(
        accepted ? [] : [("invalid-text", "/reason")],
        StockRules.Broken(Adjust(Receipt, 1, new string('a', length))).Select(No));

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("\u202Eback")]
    public void A_reason_is_one_printable_line(string reason) =>
        Assert.Equal([("invalid-text", "/reason")], StockRules.Broken(Adjust(Waste, 1, reason)).Select(No));

    [Fact]
    public void What_is_wrong_is_told_in_a_sentence() => Assert.All(
        [.. StockRules.Broken(Adjust(Waste, 0)), .. StockRules.Broken(Adjust(Waste, 1, ""))],
        refusal => Assert.Matches("^[A-Z0-9].+\\.$", refusal.Sentence));

    private static (string, string) No(Refusal refusal) => (refusal.Code, refusal.Pointer);

    private static StockAdjustment Adjust(StockAdjustmentKind kind, int quantity, string? reason = null) =>
        new(Id(1), Pilau.Id, kind, quantity, reason, Cashier.Id, Noon);
}
