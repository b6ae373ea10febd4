using JikoXpress.Postgres.Caches;
using JikoXpress.Testing;
using Microsoft.Extensions.Time.Testing;

namespace JikoXpress.Postgres.Tests;

/// <summary>How long a row is remembered, and who waits for it when it is read again.</summary>
public sealed class RowCacheTests
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider clock = Clocks.At(new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.Zero));
    private readonly NewsLine line = new();
    private readonly RowCache<string, string> cache;
    private TaskCompletionSource? slow;
    private string? row = "old";
    private int reads;

    public RowCacheTests()
    {
        cache = new RowCache<string, string>(line, Life, most: 100, clock, Read);
        line.Heard(clock.GetUtcNow());
    }

    [Fact]
    public async Task A_row_that_gets_old_is_read_again_while_nobody_waits()
    {
        Assert.Equal("old", await cache.Find("a"));
        Pass(TimeSpan.FromMinutes(2.9));
        Assert.Equal("old", await cache.Find("a"));
        Assert.Equal(1, reads);

        row = "new";
        slow = new TaskCompletionSource();
        Pass(TimeSpan.FromMinutes(1.2));
        for (var reader = 0; reader < 10; reader++) Assert.Equal("old", await cache.Find("a"));
        Assert.Equal(2, reads);

        slow.SetResult();
        Assert.Equal("new", await cache.Find("a"));
        Pass(TimeSpan.FromMinutes(2.9));
        Assert.Equal("new", await cache.Find("a"));
        Assert.Equal(2, reads);
    }

    [Fact]
    public async Task Rows_that_get_old_together_are_read_again_one_after_the_other()
    {
        await cache.Find("a");
        await cache.Find("b");
        row = "new";
        slow = new TaskCompletionSource();
        Pass(TimeSpan.FromMinutes(4.1));

        Assert.Equal("old", await cache.Find("a"));
        Assert.Equal("old", await cache.Find("b"));
        Assert.Equal(3, reads);

        slow.SetResult();
        Assert.Equal("new", await cache.Find("a"));
        Assert.Equal("new", await cache.Find("b"));
        Assert.Equal(4, reads);
    }

    [Fact]
    public async Task What_is_invalidated_while_it_is_read_again_does_not_come_back()
    {
        await cache.Find("a");
        slow = new TaskCompletionSource();
        Pass(TimeSpan.FromMinutes(4.1));
        await cache.Find("a");

        cache.Forget("a");
        slow.SetResult();
        row = "new";

        Assert.Equal("new", await cache.Find("a"));
        Assert.Equal(3, reads);
    }

    [Fact]
    public async Task A_row_that_is_gone_is_forgotten()
    {
        await cache.Find("a");
        row = null;
        Pass(TimeSpan.FromMinutes(4.1));

        Assert.Equal("old", await cache.Find("a"));
        Assert.Null(await cache.Find("a"));
    }

    [Fact]
    public async Task A_read_that_fails_is_told_to_nobody_until_the_row_is_too_old()
    {
        await cache.Find("a");
        slow = new TaskCompletionSource();
        slow.SetException(new TimeoutException());
        Pass(TimeSpan.FromMinutes(4.1));
        Assert.Equal("old", await cache.Find("a"));
        Assert.Equal("old", await cache.Find("a"));
        Assert.Equal(2, reads);

        Pass(TimeSpan.FromMinutes(0.9));
        await Assert.ThrowsAsync<TimeoutException>(() => cache.Find("a").AsTask());
    }

    [Fact]
    public async Task While_no_news_arrive_a_row_lives_briefly_and_is_waited_for()
    {
        await cache.Find("a");
        row = "new";
        clock.Advance(Life - TimeSpan.FromSeconds(1));
        Assert.Equal("old", await cache.Find("a"));
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("new", await cache.Find("a"));
    }

    private async Task<string?> Read(string key)
    {
        reads++;
        var read = row;
        if (slow is { } answer) await answer.Task;
        return read;
    }

    private void Pass(TimeSpan time)
    {
        clock.Advance(time);
        line.Heard(clock.GetUtcNow());
    }
}
