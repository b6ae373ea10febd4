using System.IO.Pipelines;
using JikoXpress.WebApi.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JikoXpress.WebApi.Tests.Hosting;

/// <summary>What came before the process hung is not believed after it.</summary>
public sealed class HangTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task What_came_before_it_hung_is_not_read_and_nothing_goes_out()
    {
        var (there, here) = await Connected();
        await there.Output.WriteAsync("sell"u8.ToArray());

        clock.Advance(HangWatch.Longest);

        await Assert.ThrowsAsync<ConnectionAbortedException>(async () => await here.Input.ReadAsync());
        Assert.Throws<ConnectionAbortedException>(() => here.Input.TryRead(out _));
        await Assert.ThrowsAsync<ConnectionAbortedException>(async () => await here.Output.WriteAsync(new byte[1]));
        await Assert.ThrowsAsync<ConnectionAbortedException>(async () => await here.Output.FlushAsync());
    }

    [Fact]
    public async Task A_read_that_waited_while_it_hung_ends_the_connection()
    {
        var (there, here) = await Connected();
        var read = here.Input.ReadAsync().AsTask();

        clock.Advance(HangWatch.Longest);
        await there.Output.WriteAsync("sell"u8.ToArray());

        await Assert.ThrowsAsync<ConnectionAbortedException>(() => read);
    }

    [Fact]
    public async Task A_shorter_pause_and_a_long_time_in_which_it_ran_change_nothing()
    {
        var (there, here) = await Connected();
        for (var second = 0; second < 60; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(0, Watch.Count);
        }

        clock.Advance(HangWatch.Longest - TimeSpan.FromMilliseconds(1));
        await there.Output.WriteAsync("sell"u8.ToArray());

        Assert.Equal(4, (await here.Input.ReadAsync()).Buffer.Length);
    }

    [Fact]
    public async Task A_connection_that_may_have_waited_while_it_hung_is_not_taken()
    {
        _ = Watch.Count;
        clock.Advance(HangWatch.Longest);

        await Assert.ThrowsAsync<InvalidOperationException>(Connected);
    }

    [Fact]
    public async Task A_connection_made_after_it_hung_is_as_good_as_any()
    {
        _ = Watch.Count;
        clock.Advance(HangWatch.Longest);
        Assert.Equal(1, Watch.Count);
        clock.Advance(TimeSpan.FromSeconds(1));

        var (there, here) = await Connected();
        await there.Output.WriteAsync("sell"u8.ToArray());

        Assert.Equal(4, (await here.Input.ReadAsync()).Buffer.Length);
        Assert.Equal(1, Watch.Count);
    }

    private HangWatch Watch => field ??= new HangWatch(NullLogger<HangWatch>.Instance, clock);

    /// <summary>The two ends of a connection; the second is the one that the process uses.</summary>
    private async Task<(IDuplexPipe There, IDuplexPipe Here)> Connected()
    {
        var services = new ServiceCollection().AddSingleton(Watch).BuildServiceProvider();
        var builder = new ConnectionBuilder(services);
        builder.EndAfterHang();
        var (inward, outward) = (new Pipe(), new Pipe());
        var connection = new DefaultConnectionContext("1") { Transport = new Ends(inward.Reader, outward.Writer) };
        var isTaken = false;
        await builder.Run(_ =>
        {
            isTaken = true;
            return Task.CompletedTask;
        }).Build()(connection);
        if (!isTaken) throw new InvalidOperationException("The connection was not taken.");
        return (new Ends(outward.Reader, inward.Writer), connection.Transport);
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
