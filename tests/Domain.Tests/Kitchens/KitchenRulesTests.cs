using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Domain.Tests.Kitchens;

/// <summary>What a manager may set, on both sides of every line.</summary>
public sealed class KitchenRulesTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    public static TheoryData<KitchenChange, string?> Changes => new()
    {
        { new KitchenChange(), null },
        { new KitchenChange(Name: "M"), null },
        { new KitchenChange(Name: new string('M', 80)), null },
        { new KitchenChange(Name: new string('M', 81)), "/name" },
        { new KitchenChange(Name: ""), "/name" },
        { new KitchenChange(Name: " "), "/name" },
        { new KitchenChange(Name: "a\u202Eb"), "/name" },
        { new KitchenChange(Name: "4111 1111 1111 1111"), "/name" },
        { new KitchenChange(TimeZone: "Africa/Nairobi"), null },
        { new KitchenChange(TimeZone: "UTC"), null },
        { new KitchenChange(TimeZone: "EAT"), "/settings/timeZone" },
        { new KitchenChange(TimeZone: "Africa/Atlantis"), "/settings/timeZone" },
        { new KitchenChange(TimeZone: "../etc/localtime"), "/settings/timeZone" },
        { new KitchenChange(DayStartsAt: TimeOnly.MinValue), null },
        { new KitchenChange(DayStartsAt: new TimeOnly(23, 59)), null },
        { new KitchenChange(DayStartsAt: new TimeOnly(4, 0, 1)), "/settings/dayStartsAt" },
        { new KitchenChange(PaymentTimeout: 30.Seconds - Tick), "/settings/paymentTimeoutSeconds" },
        { new KitchenChange(PaymentTimeout: 30.Seconds), null },
        { new KitchenChange(PaymentTimeout: 30.Minutes), null },
        { new KitchenChange(PaymentTimeout: 30.Minutes + Tick), "/settings/paymentTimeoutSeconds" },
        { new KitchenChange(SlipTimeout: 30.Seconds - Tick), "/settings/slipTimeoutSeconds" },
        { new KitchenChange(SlipTimeout: 30.Seconds), null },
        { new KitchenChange(SlipTimeout: 240.Minutes), null },
        { new KitchenChange(SlipTimeout: 240.Minutes + Tick), "/settings/slipTimeoutSeconds" },
        { new KitchenChange(LowStockThreshold: -1), "/settings/lowStockThreshold" },
        { new KitchenChange(LowStockThreshold: 0), null },
        { new KitchenChange(LowStockThreshold: 1_000), null },
        { new KitchenChange(LowStockThreshold: 1_001), "/settings/lowStockThreshold" },
    };

    [Theory, MemberData(nameof(Changes))]
    public void A_kitchen_may_set_this_or_not(KitchenChange change, string? wrongAt)
    {
        string[] wrong = wrongAt is null ? [] : [wrongAt];
        var changed = change.Of(MamaNtilie);

        Assert.Equal(wrong, KitchenRules.Broken(change).Select(refusal => refusal.Pointer));
        var asNew = new NewKitchen(changed.Name, LiveMode: true, changed.Settings);
        Assert.Equal(wrong, KitchenRules.Broken(asNew).Select(refusal => refusal.Pointer));
    }

    // 13 and 16 digits that pass Luhn's check, as every tenth number on a package does.
    [Theory]
    [InlineData("Fanta 6001087357622", null)]
    [InlineData("Soda 4111 1111 1111 1111", null)]
    [InlineData("4111 1111 1111 1111", "card-data-not-accepted")]
    [InlineData("4111-1111-1111-1111 (!)", "card-data-not-accepted")]
    [InlineData("6001087357622", "card-data-not-accepted")]
    [InlineData("6001087357623", null)]
    public void A_dish_may_be_named_after_the_number_on_its_package(string name, string? code)
    {
        string[] codes = code is null ? [] : [code];

        Assert.Equal(codes, MenuRules.Broken(new MenuItemChange(Name: name)).Select(refusal => refusal.Code));
        Assert.Equal(
            codes, MenuRules.Broken(new NewMenuItem(name, new Money(1_000), "Drinks")).Select(refusal => refusal.Code));
    }

    [Fact]
    public void A_category_and_the_name_of_a_way_to_pay_hold_no_card_number()
    {
        const string Number = "Soda 4111 1111 1111 1111";

        Assert.Equal(
            [("card-data-not-accepted", "/category")],
            MenuRules.Broken(new MenuItemChange(Category: Number)).Select(refusal => (refusal.Code, refusal.Pointer)));
        Assert.Equal(
            [("card-data-not-accepted", "/name")],
            MenuRules.Broken(new PaymentMethodChange(Name: Number)).Select(refusal => (refusal.Code, refusal.Pointer)));
    }

    [Fact]
    public void Everything_wrong_is_told_at_once()
    {
        var wrong = new KitchenChange("", "EAT", new TimeOnly(4, 0, 1), TimeSpan.Zero, TimeSpan.Zero, -1);

        Assert.Equal(
            [
                "invalid-text", "time-zone-unknown",
                "setting-out-of-range", "setting-out-of-range", "setting-out-of-range", "setting-out-of-range",
            ],
            KitchenRules.Broken(wrong).Select(refusal => refusal.Code));
    }

    [Fact]
    public void What_a_change_does_not_name_stays()
    {
        Assert.Equal(MamaNtilie, new KitchenChange().Of(MamaNtilie));
        Assert.Equal(
            MamaNtilie with { Settings = MamaNtilie.Settings with { SlipTimeout = 20.Minutes } },
            new KitchenChange(SlipTimeout: 20.Minutes).Of(MamaNtilie));
        Assert.Equal(Pilau, new MenuItemChange().Of(Pilau));
        Assert.Equal(Pilau with { Available = false }, new MenuItemChange(Available: false).Of(Pilau));
        Assert.Equal(LipaVoda with { Active = false }, new PaymentMethodChange(Active: false).Of(LipaVoda));
        var asha = new StaffMember(Id(1), "Asha", StaffRole.Cashier, 7, Active: true);
        Assert.Equal(asha, new StaffChange().Of(asha));
        Assert.Equal(asha with { Role = StaffRole.Manager }, new StaffChange(Role: StaffRole.Manager).Of(asha));
    }

    public static TheoryData<MenuItemChange, string?> Dishes => new()
    {
        { new MenuItemChange(), null },
        { new MenuItemChange(Name: ""), "/name" },
        { new MenuItemChange(Price: new Money(0)), "/price" },
        { new MenuItemChange(Price: new Money(1)), null },
        { new MenuItemChange(Price: Money.Largest), null },
        { new MenuItemChange(Price: Money.Largest + new Money(1)), "/price" },
        { new MenuItemChange(Category: new string('c', 40)), null },
        { new MenuItemChange(Category: new string('c', 41)), "/category" },
    };

    [Theory, MemberData(nameof(Dishes))]
    public void A_menu_may_say_this_or_not(MenuItemChange change, string? wrongAt)
    {
        string[] wrong = wrongAt is null ? [] : [wrongAt];
        var dish = change.Of(Pilau);

        Assert.Equal(wrong, MenuRules.Broken(change).Select(refusal => refusal.Pointer));
        Assert.Equal(
            wrong, MenuRules.Broken(new NewMenuItem(dish.Name, dish.Price, dish.Category)).Select(no => no.Pointer));
    }

    [Fact]
    public void A_kitchen_s_own_channel_has_a_name_and_a_provider()
    {
        Assert.Empty(MenuRules.Broken(new NewPaymentMethod("Lipa Voda", new string('p', 32))));
        Assert.Equal(
            ["/name", "/provider"],
            MenuRules.Broken(new NewPaymentMethod("", new string('p', 33))).Select(refusal => refusal.Pointer));
        Assert.Empty(MenuRules.Broken(new PaymentMethodChange(Active: false)));
    }
}
