namespace JikoXpress.Domain.Tests.Properties;

public sealed class SessionProperties
{
    private const int Runs = 10_000;

    [Fact]
    public void Whatever_is_done_in_whatever_order_money_items_and_orders_come_out_right()
    {
        var seen = new Dictionary<string, int>();

        Property.Holds(Runs, Step.Any, step => step.Simpler(), steps =>
        {
            var counter = new Counter(seen);
            foreach (var step in steps) counter.Do(step);
            counter.Close();
        });

        // A property that meets nothing proves nothing.
        string[] everything =
        [
            "PayNow done", "PayNow refused", "PayNow replay", "PayOnTheApp done", "PayOnTheApp refused",
            "AskForSlip done",
            "PaySlip done", "PaySlip refused", "PaySlip replay", "Cancel done", "Cancel refused", "Expire done",
            "ReturnMoney done", "ReturnMoney refused", "lapsed to Pending", "lapsed to Ended",
        ];
        Assert.All(everything, what => Assert.InRange(seen.GetValueOrDefault(what), 10, int.MaxValue));
    }
}
