using JikoXpress.WebApi.Load;

namespace JikoXpress.WebApi.Tests.Load;

public sealed class RefusalsTests
{
    [Fact]
    public async Task A_few_refusals_are_answered_at_once_and_a_flood_of_them_late()
    {
        var refusals = new Refusals();
        var answers = Enumerable.Range(0, 5 * Refusals.AtOnceInSecond)
            .Select(_ => refusals.Hold(TestContext.Current.CancellationToken)).ToList();

        // A new second may have begun meanwhile.
        Assert.InRange(
            answers.Count(answer => answer.IsCompleted), Refusals.AtOnceInSecond, 3 * Refusals.AtOnceInSecond);
        foreach (var answer in answers) await answer;
    }

    [Fact]
    public async Task Who_has_gone_is_not_held()
    {
        var refusals = new Refusals();
        using var left = new CancellationTokenSource();
        var answers = Enumerable.Range(0, 5 * Refusals.AtOnceInSecond).Select(_ => refusals.Hold(left.Token)).ToList();

        await left.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            foreach (var answer in answers) await answer;
        });
    }
}
