using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Orders;

/// <summary>
/// Staff on two hosts answer the same order. The second host goes on for as long as this restaurant does, and hears of
/// what the first has done within a second: scenarios that look at once have a restaurant of their own.
/// </summary>
public sealed class OrderRaces(MobileRestaurant mobile) : TableGuestScenario(mobile)
{
    [Fact]
    public async Task Approved_or_rejected_at_once_on_two_hosts_is_one_of_both()
    {
        var branch = await Restaurant.OpenBranch();
        for (var turn = 0; turn < 4; turn++)
        {
            var phone = Mobile.Phone("000");
            var (_, _, order) = await Waiting(phone);
            var answers = await 6.AtOnce(number => number % 2 == 0
                ? Till.At(branch).Post($"/orders/{order}/approve")
                : Manager.Post($"/orders/{order}/reject", Crowded));

            var won = Assert.Single(answers, answer => answer.Status == 200);
            Assert.All(answers.Where(answer => answer != won), answer => answer.Is(409, """{ "code": "order-answered" }"""));
            await Mobile.UntilQuiet();
            Assert.Equal(won["status"] is "PLACED" ? 5000 : 0, Mobile.Spent(phone));
            Assert.Equal(won["status"] is "PLACED", await HasTicket(order));
        }
    }
}
