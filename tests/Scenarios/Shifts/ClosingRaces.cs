using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Shifts;

/// <summary>A drawer is counted while others still sell, open and close at the same till.</summary>
public sealed class ClosingRaces(Restaurant restaurant) : Scenario(restaurant)
{
    private const string Cash = """{ "paymentMethod": "CASH", "amount": 5000 }""";

    [Fact]
    public async Task Of_many_closings_at_once_one_closes()
    {
        var at = await TestKitchen.Open(Restaurant, "Many closings");
        var shift = await at.Cashier.Post("/shifts", """{ "float": 1000 }""").Is(201);
        var branch = await Restaurant.OpenBranch();

        var answers = await 20.AtOnce(number =>
            (number % 2 == 0 ? at.Cashier : at.Manager.At(branch))
                .Post($"/shifts/{shift.Id}/close", $$"""{ "counted": {{1000 + number}} }"""));

        var winner = Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer != winner), answer => answer.Is(409, """{ "code": "shift-not-open" }"""));
        await at.Manager.Get($"/shifts/{shift.Id}").Is(200, $$"""{ "counted": {{winner["counted"]}} }""");
    }

    [Fact]
    public async Task Of_many_openings_at_once_one_opens()
    {
        var at = await TestKitchen.Open(Restaurant, "Many openings");
        for (var round = 0; round < 2; round++)
        {
            var answers = await 20.AtOnce(number =>
                (number % 2 == 0 ? at.Cashier : at.SecondCashier).Post("/shifts", """{ "float": 0 }"""));

            var winner = Assert.Single(answers, answer => answer.Status == 201);
            Assert.All(
                answers.Where(answer => answer != winner), answer => answer.Is(409, """{ "code": "shift-already-open" }"""));
            await at.Manager.Post($"/shifts/{winner.Id}/close", """{ "counted": 0 }""").Is(200, """{ "difference": 0 }""");
        }
    }

    [Fact]
    public async Task Every_sale_that_races_the_closing_is_in_one_shift_and_none_is_lost()
    {
        const int Sales = 60;
        var at = await TestKitchen.Open(Restaurant, "Busy to the end");
        var shift = await at.Cashier.Post("/shifts", """{ "float": 0 }""").Is(201);

        var selling = Task.WhenAll(Enumerable.Range(0, Sales).Select(async number =>
        {
            await TillShifts.Sell(at, Cash).Is(201, """{ "status": "CONFIRMED" }""");
            if (number % 10 == 0)
                await at.Cashier.Post($"/shifts/{shift.Id}/pay-ins", """{ "amount": 7, "reason": "Coins" }""");
        }));
        var closed = await at.Manager.Post($"/shifts/{shift.Id}/close", """{ "counted": 0 }""").Is(200);
        await selling;

        var next = await at.Cashier.Post("/shifts", """{ "float": 0 }""").Is(201);
        var all = (await at.Manager.Get("/shifts?limit=100").Is(200)).At("data").EnumerateArray().ToList();
        var taken = 0L;
        foreach (var id in all.Select(one => one.GetProperty("id").GetGuid()))
            taken += CashOf(await at.Manager.Get($"/shifts/{id}").Is(200));
        Assert.Equal(Sales * 5000, taken);
        Assert.Equal(closed.Body, (await at.Manager.Get($"/shifts/{shift.Id}")).Body);
        await at.Manager.Get($"/shifts/{next.Id}").Is(200, """{ "expectedCash": 0 }""");
    }

    [Fact]
    public async Task Opening_and_closing_at_once_never_leaves_a_till_without_a_place_for_its_money()
    {
        var at = await TestKitchen.Open(Restaurant, "Changing hands");
        var shift = await at.Cashier.Post("/shifts", """{ "float": 0 }""").Is(201);
        for (var round = 0; round < 5; round++)
        {
            var closing = at.Manager.Post($"/shifts/{shift.Id}/close", """{ "counted": 0 }""");
            var selling = TillShifts.Sell(at, Cash);
            var opening = at.SecondCashier.Post("/shifts", """{ "float": 0 }""");
            await Task.WhenAll(closing, selling, opening);
            (await closing).Is(200);
            (await selling).Is(201);
            Assert.True((await opening).Status is 201 or 409, $"{await opening}");
            shift = (await opening).Status == 201
                ? await opening
                : await at.SecondCashier.Post("/shifts", """{ "float": 0 }""").Is(201);
        }
    }

    private static long CashOf(Answer shift) => shift.At("takings").EnumerateArray()
        .Where(takings => takings.GetProperty("paymentMethod").GetString() == "CASH")
        .Sum(takings => takings.GetProperty("taken").GetInt64());
}
