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
    public async Task What_follows_an_event_that_is_not_committed_yet_waits_for_it()
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
        await Store.Publisher.Publish();
        await Store.Publisher.Publish();
        Assert.Empty(await Store.Feed.Read(till.KitchenId, 0, 10));
        Assert.Equal(0, await Store.Feed.Last(till.KitchenId));

        await transaction.CommitAsync();
        await Store.Publisher.PublishCommitted();

        var events = await Store.Feed.Read(till.KitchenId, 0, 10);
        Assert.Equal(2, events.Count);
        Assert.Equal(new KitchenEvent.StockSoldOut(till.Chai), events[0].Event);
    }

    [Fact]
    public async Task A_transaction_that_writes_no_events_holds_nobody_up()
    {
        var till = new Till("beside");
        await using var connection = await Database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var other = new NpgsqlCommand(
            "CREATE TABLE public.beside (id int); SELECT FROM jiko.event; SELECT pg_current_xact_id()", connection);
        await other.ExecuteNonQueryAsync();

        await Store.Commit(till.Sale((till.Chai, 1)));
        await Store.Publisher.PublishCommitted();

        Assert.Single(await Store.Feed.Read(till.KitchenId, 0, 10));
    }

    [Fact]
    public async Task A_reader_who_follows_misses_nothing_while_many_write()
    {
        var till = new Till("followed");
        await Store.Commit(till.Received(till.Chai, 10_000));
        var writing = Store.CommitTogether(Enumerable.Range(0, 1_400).Select(_ => till.Sale((till.Chai, 1))));

        var read = new List<long>();
        bool ended;
        do
        {
            ended = writing.IsCompleted;
            if (ended) await Store.Publisher.PublishCommitted(); else await Store.Publisher.Publish();
            var events = await Store.Feed.Read(till.KitchenId, read.LastOrDefault(), 2_000);
            read.AddRange(events.Select(told => told.Position));
        }
        while (!ended);

        await writing;
        var all = await Store.Feed.Read(till.KitchenId, 0, 2_000);
        Assert.Equal(all.Select(told => told.Position), read);
        Assert.InRange(read.Count, 1_400, 1_500);
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
    public async Task The_first_event_that_a_database_ever_has_wakes_whoever_waits()
    {
        var till = new Till("first");
        await using var empty = new TestDatabase();
        await empty.InitializeAsync();
        await using var host = new Store(empty);
        await host.Publisher.PublishCommitted();
        var changed = host.Feed.Changed(CancellationToken.None);
        Assert.False(changed.IsCompleted);

        await host.Commit(till.Sale((till.Chai, 1)));
        await host.Publisher.PublishCommitted();

        await changed.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Publishing_wakes_whoever_waits_on_another_host()
    {
        var till = new Till("woken there");
        await using var other = new Store(shared);
        using var listener = new EventListener(other.Database, other.Feed, NullLogger<EventListener>.Instance);
        await listener.StartAsync(CancellationToken.None);
        var changed = other.Feed.Changed(CancellationToken.None);

        // What is published before it listens it does not hear.
        while (!changed.IsCompleted)
        {
            await Store.Commit(till.Sale((till.Chai, 1)));
            await Store.Publisher.PublishCommitted();
        }

        Assert.NotEmpty(await other.Feed.Read(till.KitchenId, 0, 10));
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
