using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Shifts;

/// <summary>Cash that goes into a drawer, or out of it, for another reason than a sale.</summary>
public sealed class CashMovements(Restaurant restaurant) : Scenario(restaurant)
{
    [Fact]
    public async Task A_drawer_gives_no_more_than_it_holds()
    {
        var (at, shift) = await Open(@float: 2000);

        await PayOut(at.Cashier, shift, 2001).Is(409, """{ "code": "drawer-holds-less" }""");
        await TillShifts.Sell(at, """{ "paymentMethod": "CASH", "amount": 5000 }""").Is(201);
        await PayOut(at.Cashier, shift, 7001).Is(409, """{ "code": "drawer-holds-less" }""");
        await PayOut(at.Cashier, shift, 7000).Is(201);
        await PayOut(at.Manager, shift, 1).Is(409, """{ "code": "drawer-holds-less" }""");
        await Move(at.Cashier, shift, "close", """{ "counted": 0 }""").Is(200, """{ "expectedCash": 0, "difference": 0 }""");
    }

    [Fact]
    public async Task A_manager_moves_what_is_more_than_a_cashier_may()
    {
        var (at, shift) = await Open(@float: 900_000);
        await at.Manager.Get($"/kitchens/{at.Id}/settings").Is(200, """{ "settings": { "cashMovementLimit": 500000 } }""");

        foreach (var way in new[] { "pay-outs", "pay-ins" })
        {
            await Move(at.Cashier, shift, way, Amount(500_001)).Is(409, """{ "code": "manager-required" }""");
            await Move(at.Manager, shift, way, Amount(500_001)).Is(201);
            await Move(at.Cashier, shift, way, Amount(500_000)).Is(way is "pay-ins" ? 201 : 409);
        }

        await at.Manager.Patch($"/kitchens/{at.Id}/settings", """{ "settings": { "cashMovementLimit": 0 } }""").Is(200);
        await PayOut(at.Cashier, shift, 1).Is(409, """{ "code": "manager-required" }""");
        foreach (var limit in new[] { "-1", "1000000000001" })
        {
            await at.Manager.Patch($"/kitchens/{at.Id}/settings", $$"""{ "settings": { "cashMovementLimit": {{limit}} } }""")
                .Is(422, """{ "code": "setting-out-of-range" }""");
        }
    }

    [Fact]
    public async Task A_drawer_is_not_filled_without_end()
    {
        var (at, shift) = await Open(@float: 1);

        await Move(at.Manager, shift, "pay-ins", Amount(1_000_000_000_000)).Is(409, """{ "code": "drawer-full" }""");
        await Move(at.Manager, shift, "pay-ins", Amount(999_999_999_999)).Is(201);
        await Move(at.Manager, shift, "pay-ins", Amount(1)).Is(409, """{ "code": "drawer-full" }""");
    }

    [Fact]
    public async Task A_wrong_movement_is_reversed_once_by_one_that_names_it()
    {
        var (at, shift) = await Open(@float: 10_000);
        var wrong = await PayOut(at.Cashier, shift, 5000).Is(201, """{ "reverses": null }""");
        var path = $"cash-movements/{wrong.Id}/reverse";

        await Move(at.Cashier, shift, path, "{}").Is(422, """{ "code": "field-required" }""");
        await Move(at.Cashier, Guid.NewGuid(), path, """{ "reason": " " }""").Is(422, """{ "code": "invalid-text" }""");
        await at.SecondCashier.Post($"/shifts/{shift}/{path}", Reason).Is(403, """{ "code": "role-not-allowed" }""");
        await Pass(1.Minutes);
        var undone = await Move(at.Cashier.WithKey("undo"), shift, path, Reason).Is(201, $$"""
            { "type": "PAY_IN", "amount": 5000, "reason": "Typed wrongly", "reverses": "{{wrong.Id}}" }
            """);
        Assert.Equal(undone.Body, (await Move(at.Cashier.WithKey("undo"), shift, path, Reason)).Body);
        await Move(at.Cashier, shift, path, Reason).Is(409, """{ "code": "movement-reversed" }""");
        await Move(at.Cashier, shift, $"cash-movements/{undone.Id}/reverse", Reason).Is(409, """{ "code": "movement-reversed" }""");
        await Move(at.Cashier, shift, $"cash-movements/{Guid.NewGuid()}/reverse", Reason).Is(404, """{ "code": "not-found" }""");

        await Move(at.Cashier, shift, "close", """{ "counted": 10000 }""").Is(200, """
            {
              "expectedCash": 10000, "difference": 0, "paidIn": 5000, "paidOut": 5000,
              "cashMovements": [{ "type": "PAY_OUT" }, { "type": "PAY_IN", "reverses": "*" }]
            }
            """);
        await Move(at.Cashier, shift, path, Reason).Is(409, """{ "code": "shift-not-open" }""");
    }

    [Fact]
    public async Task Undoing_a_pay_in_takes_no_more_than_the_drawer_holds()
    {
        var (at, shift) = await Open(@float: 0);
        var wrong = await Move(at.Cashier, shift, "pay-ins", Amount(3000)).Is(201);
        await PayOut(at.Cashier, shift, 1000).Is(201);

        await Move(at.Cashier, shift, $"cash-movements/{wrong.Id}/reverse", Reason).Is(409, """{ "code": "drawer-holds-less" }""");
    }

    private const string Reason = """{ "reason": "Typed wrongly" }""";

    private async Task<(TestKitchen At, Guid Shift)> Open(long @float)
    {
        var at = await TestKitchen.Open(Restaurant, "A kitchen with a drawer");
        return (at, (await at.Cashier.Post("/shifts", $$"""{ "float": {{@float}} }""").Is(201)).Id);
    }

    private static Task<Answer> PayOut(Caller staff, Guid shift, long amount) => Move(staff, shift, "pay-outs", Amount(amount));

    private static Task<Answer> Move(Caller staff, Guid shift, string what, string body) => staff.Post($"/shifts/{shift}/{what}", body);

    private static string Amount(long amount) => $$"""{ "amount": {{amount}}, "reason": "Milk" }""";
}
