using JikoXpress.Domain;
using JikoXpress.Postgres.Events;
using JikoXpress.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace JikoXpress.Postgres.Tests;

public sealed class EventTests(TestDatabase database) : StoreTests(database)
{
    private readonly TestDatabase shared = database;

    [Fact]
    public async Task Events_are_read_as_they_were_told_once_they_are_published()
    {
        var till = new Till("told");
        var sale = till.Sale((till.Chai, 1));
        await Store.Commit(sale);
        Assert.Empty(await Store.Feed.Read(till.KitchenId, 0, 10));

        await Store.Publisher.PublishCommitted();

        var events = await Store.Feed.Read(till.KitchenId, 0, 10);
        Assert.Equal(
            sale.Effects.OfType<Effect.Publish>().Select(effect => effect.Event), events.Select(told => told.Event));
        Assert.All(events, told => Assert.Equal(Till.Noon, told.At));
        Assert.Equal(events[^1].Position, await Store.Feed.Last(till.KitchenId));
        Assert.Equal(0, await Store.Feed.Last(new Till("nothing told").KitchenId));
    }

    [Fact]
    public async Task A_reader_goes_on_from_any_position()
    {
        var till = new Till("cursor");
        foreach (var _ in Enumerable.Range(0, 6)) await Store.Commit(till.Sale((till.Chai, 1)));
        await Store.Publisher.PublishCommitted();
        var all = await Store.Feed.Read(till.KitchenId, 0, 10);

        Assert.Equal(6, all.Count);
        Assert.Equal(all.Take(2), await Store.Feed.Read(till.KitchenId, 0, 2));
        Assert.Equal(all.Skip(2), await Store.Feed.Read(till.KitchenId, all[1].Position, 10));
        Assert.Empty(await Store.Feed.Read(till.KitchenId, all[^1].Position, 10));
    }

    [Fact]
    public async Task An_event_that_is_committed_late_comes_after_what_was_read_already()
    {
        var till = new Till("late");
        var late = StateJson.Write<KitchenEvent>(new KitchenEvent.StockSoldOut(till.Chai));
        await using var connection = await Database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var insert = new NpgsqlCommand(
            $"""
            INSERT INTO jiko.event (kitchen_id, payload, at)
            VALUES ('{till.KitchenId}', '{late}', now())
            """,
            connection);
        await insert.ExecuteNonQueryAsync();
        await Store.Commit(till.Sale((till.Chai, 1)));
        await Store.Publisher.PublishCommitted();
        var read = await Store.Feed.Read(till.KitchenId, 0, 10);
        Assert.Single(read);

        await transaction.CommitAsync();
        await Store.Publisher.PublishCommitted();

        var next = Assert.Single(await Store.Feed.Read(till.KitchenId, read[^1].Position, 10));
        Assert.Equal(new KitchenEvent.StockSoldOut(till.Chai), next.Event);
    }

    [Fact]
    public async Task Publishers_of_several_hosts_give_every_event_one_position()
    {
        var till = new Till("two publishers");
        await using var other = new Store(shared);
        await Store.CommitTogether(Enumerable.Range(0, 1_400).Select(_ => till.Sale((till.Chai, 1))));

        var published = await Task.WhenAll(Store.Publisher.PublishCommitted(), other.Publisher.PublishCommitted());

        Assert.InRange(published.Sum(), 1_400, int.MaxValue);
        var events = await Store.Feed.Read(till.KitchenId, 0, 2_000);
        Assert.Equal(1_400, events.Select(told => told.Position).Distinct().Count());
    }

    [Fact]
    public async Task Publishing_wakes_whoever_waits_on_this_host()
    {
        var till = new Till("woken here");
        var changed = Store.Feed.Changed(CancellationToken.None);
        Assert.False(changed.IsCompleted);

        await Store.Commit(till.Sale((till.Chai, 1)));
        await Store.Publisher.PublishCommitted();

        await changed;
        Assert.False(Store.Feed.Changed(CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Publishing_wakes_whoever_waits_on_another_host()
    {
        var till = new Till("woken there");
        await using var other = new Store(shared);
        using var listener = new EventListener(other.Database, other.Feed, NullLogger<EventListener>.Instance);
        var listening = other.Feed.Changed(CancellationToken.None);
        await listener.StartAsync(CancellationToken.None);
        await listening;
        var changed = other.Feed.Changed(CancellationToken.None);

        await Store.Commit(till.Sale((till.Chai, 1)));
        await Store.Publisher.PublishCommitted();

        await changed;
        await listener.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Waiting_ends_without_an_error_when_it_is_given_up()
    {
        using var giveUp = new CancellationTokenSource();
        var changed = Store.Feed.Changed(giveUp.Token);

        await giveUp.CancelAsync();

        await changed;
    }
}
