using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Domain.Tests.Kitchens;

/// <summary>What a manager's change names is set, and on both sides of the newer settings' lines.</summary>
public sealed class SettingsTests
{
    private static readonly KitchenSettings Other = new(
        "Africa/Nairobi", new TimeOnly(5, 30), 6.Minutes, 20.Minutes, 7, LatePaymentPolicy.Manual,
        AllowPartPayments: true, ApprovalTimeoutSeconds: 90, UnansweredOrders.Approve, new Money(250_000));

    [Fact]
    public void All_that_a_change_names_is_set()
    {
        var change = new KitchenChange(
            "Kwa Juma", Other.TimeZone, Other.DayStartsAt, Other.PaymentTimeout, Other.SlipTimeout,
            Other.LowStockThreshold, Other.LatePayments, Other.AllowPartPayments, Other.ApprovalTimeoutSeconds,
            Other.UnansweredOrders, Other.CashMovementLimit);

        Assert.Equal(MamaNtilie with { Name = "Kwa Juma", Settings = Other }, change.Of(MamaNtilie));
        var set = MamaNtilie with { Settings = Other };
        Assert.Equal(set, new KitchenChange().Of(set));
    }

    [Fact]
    public void What_a_change_of_a_dish_a_channel_or_a_member_names_is_set()
    {
        Assert.Equal(
            Pilau with { Name = "Biriani", Price = new Money(5_000), Category = "Specials" },
            new MenuItemChange("Biriani", new Money(5_000), "Specials").Of(Pilau));
        Assert.Equal(Samaki with { Available = true }, new MenuItemChange(Available: true).Of(Samaki));
        Assert.Equal(Samaki, new MenuItemChange().Of(Samaki));
        Assert.Equal(
            OldLipa with { Name = "Lipa", Provider = "AIRTEL", Active = true },
            new PaymentMethodChange("Lipa", "AIRTEL", Active: true).Of(OldLipa));
        Assert.Equal(OldLipa, new PaymentMethodChange().Of(OldLipa));
        var asha = new StaffMember(Id(1), "Asha", StaffRole.Cashier, 7, Active: false);
        Assert.Equal(
            asha with { Name = "Asha Juma", Active = true }, new StaffChange("Asha Juma", Active: true).Of(asha));
        Assert.Equal(asha, new StaffChange().Of(asha));
    }

    public static TheoryData<KitchenChange, string?> Changes => new()
    {
        { new KitchenChange(ApprovalTimeoutSeconds: 29), "/settings/approvalTimeoutSeconds" },
        { new KitchenChange(ApprovalTimeoutSeconds: 30), null },
        { new KitchenChange(ApprovalTimeoutSeconds: 3_600), null },
        { new KitchenChange(ApprovalTimeoutSeconds: 3_601), "/settings/approvalTimeoutSeconds" },
        { new KitchenChange(CashMovementLimit: new Money(-1)), "/settings/cashMovementLimit" },
        { new KitchenChange(CashMovementLimit: Money.Zero), null },
        { new KitchenChange(CashMovementLimit: Money.Largest), null },
        { new KitchenChange(CashMovementLimit: Money.Largest + new Money(1)), "/settings/cashMovementLimit" },
        { new KitchenChange(DayStartsAt: new TimeOnly(4, 0, 1)), "/settings/dayStartsAt" },
        { new KitchenChange(PaymentTimeout: TimeSpan.Zero), "/settings/paymentTimeoutSeconds" },
        { new KitchenChange(SlipTimeout: TimeSpan.Zero), "/settings/slipTimeoutSeconds" },
        { new KitchenChange(LowStockThreshold: -1), "/settings/lowStockThreshold" },
        { new KitchenChange(Name: " "), "/name" },
    };

    [Theory, MemberData(nameof(Changes))]
    public void A_setting_that_cannot_be_is_told_in_a_sentence(KitchenChange change, string? wrongAt)
    {
        var broken = KitchenRules.Broken(change);

        Assert.Equal(wrongAt is null ? [] : [wrongAt], broken.Select(refusal => refusal.Pointer));
        Assert.All(broken, refusal => Assert.Matches("^[A-Z0-9].+\\.$", refusal.Sentence));
    }

    // No row of the above: a row's name stands in the tests' report, and XML holds no control characters.
    [Fact]
    public void A_name_has_no_control_characters() => Assert.Equal(
        ["/name"], KitchenRules.Broken(new KitchenChange(Name: "a\u0007")).Select(refusal => refusal.Pointer));

    [Fact]
    public void Real_money_and_play_money_are_looked_at_when_all_kitchens_are_there() => Assert.Equal(
        ["/kitchenIds/2"],
        BotRules.Broken([Id(1), Id(2), Id(3)], new Dictionary<Guid, bool> { [Id(1)] = false, [Id(2)] = true })
            .Select(refusal => refusal.Pointer));

    [Theory]
    [InlineData("12121", false)]
    [InlineData("12312", false)]
    [InlineData("31129", false)]
    [InlineData("010187", true)]
    [InlineData("310187", true)]
    [InlineData("121212", true)]
    [InlineData("1221", false)]
    [InlineData("11223", false)]
    public void A_pin_of_five_digits_is_no_date_and_repeats_nothing(string pin, bool tried) => Assert.Equal(
        tried ? ["pin-too-simple"] : [],
        StaffRules.BrokenPin(pin, shortestPin: 4, strict: true).Select(refusal => refusal.Code));
}
