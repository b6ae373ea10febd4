using System.Collections.Concurrent;
using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using JikoXpress.Testing;
using JikoXpress.Testing.Silo;
using Microsoft.Extensions.Time.Testing;
using static JikoXpress.Grains.Tests.Fixture;

namespace JikoXpress.Grains.Tests;

/// <summary>What grains of one silo share of a kitchen's stock, without a call of its grain.</summary>
public sealed class KitchenStockTests
{
    private const int LowThreshold = 5;

    private static readonly DateOnly Today = new(2026, 4, 1);
    private static readonly Sequence<StockLine> OnePilau = [new StockLine(Pilau, 1)];

    private readonly FakeTimeProvider clock = Clocks.At(Noon);
    private readonly List<DateTimeOffset> expected = [];
    private readonly KitchenStock stock;
    private int announcements;

    public KitchenStockTests() => stock = new(clock, () => announcements++, expected.Add);

    [Fact]
    public async Task A_session_beside_the_inventory_needs_no_call_of_it()
    {
        var kitchen = new Fixture();
        kitchen.Store.Receive(Pilau, 3);
        var numbers = new List<int>();
        // The first hold of the day reads the rows, which only the grain does.
        numbers.Add(NumberOf(await kitchen.Inventories.Hold(KitchenId, Named(50), OnePilau, Today)));

        foreach (var session in new[] { Named(51), Named(52) })
        {
            var hold = kitchen.Inventories.Hold(KitchenId, session, OnePilau, Today);
            Assert.True(hold.IsCompletedSuccessfully);
            numbers.Add(NumberOf(await hold));
        }

        Assert.Equal([1, 2, 3], numbers);
        Assert.IsType<HoldReply.Short>(await kitchen.Inventories.Hold(KitchenId, Named(53), OnePilau, Today));
        await kitchen.Inventories.ResolveHold(KitchenId, Named(52), new HoldOutcome.Freed(), deadline: null);
        Assert.Equal(4, NumberOf(await kitchen.Inventories.Hold(KitchenId, Named(53), OnePilau, Today)));
    }

    [Fact]
    public async Task Another_silo_asks_the_grain()
    {
        var kitchen = new Fixture();
        kitchen.Store.Receive(Pilau, 2);
        var here = kitchen.Inventories;
        await here.Hold(KitchenId, Named(50), OnePilau, Today);

        kitchen.NewSilo();
        var there = kitchen.Inventories;
        Assert.Equal(2, NumberOf(await there.Hold(KitchenId, Named(51), OnePilau, Today)));

        Assert.IsType<HoldReply.Short>(await here.Hold(KitchenId, Named(52), OnePilau, Today));
    }

    [Fact]
    public async Task What_was_the_stock_here_is_used_no_more_once_the_grain_has_moved()
    {
        var network = new Moving();
        var kitchen = new Fixture(network);
        kitchen.Store.Receive(Pilau, 5);
        var (here, first) = (kitchen.Inventories, kitchen.Silo);
        Assert.IsType<HoldReply.Held>(await here.Hold(KitchenId, Named(50), OnePilau, Today));
        kitchen.NewSilo();
        network.Chosen = 1;
        network.IsMoving = true;
        await first.Inventory(KitchenId).Levels();
        network.IsMoving = false;

        // The number was given by the memory that is gone: the rows have none yet.
        Assert.Equal(1, NumberOf(await here.Hold(KitchenId, Named(51), OnePilau, Today)));
    }

    [Fact]
    public void Many_threads_are_promised_no_more_than_there_is_and_no_number_twice()
    {
        Read(onHand: 500);
        var numbers = new ConcurrentBag<int>();

        Parallel.For(0, 2000, buyer =>
        {
            if (stock.Hold(Named(1000 + buyer), OnePilau, Today) is HoldReply.Held(var number)) numbers.Add(number);
        });

        Assert.Equal(Enumerable.Range(1, 500), numbers.Order());
    }

    [Fact]
    public void While_the_rows_are_read_nothing_is_promised_and_outcomes_wait()
    {
        Read(onHand: 10);
        Assert.IsType<HoldReply.Held>(stock.Hold(Named(50), OnePilau, Today));

        Assert.Equal([Named(50)], stock.BeginReading());
        Assert.Null(stock.Hold(Named(51), OnePilau, Today));
        stock.Resolve(Named(50), new HoldOutcome.Sold(), deadline: null);
        stock.EndReading(Rows(onHand: 10), Today);

        Assert.Equal((9, 1), (stock.Levels[0].OnHand, stock.Levels[0].Sold));
        Assert.IsType<HoldReply.Held>(stock.Hold(Named(51), OnePilau, Today));
    }

    [Fact]
    public void A_read_that_failed_keeps_what_is_known()
    {
        Read(onHand: 10);
        stock.BeginReading();
        stock.EndReading(rows: null, Today);

        Assert.Equal(10, stock.Levels[0].OnHand);
        Assert.IsType<HoldReply.Held>(stock.Hold(Named(50), OnePilau, Today));
    }

    [Fact]
    public void Only_what_crosses_a_threshold_is_announced()
    {
        Read(onHand: LowThreshold + 2);
        Sell();
        Assert.Equal(1, announcements); // The rows were read: nothing is known of what was announced.
        stock.Announced(StockAnnouncements.Initial, LowThreshold);

        Sell();
        Assert.Equal(2, announcements);
        stock.Announced(new([new Announcement(Pilau, Scarcity.Low)]), LowThreshold);

        for (var dish = LowThreshold - 1; dish > 0; dish--) Sell();
        Assert.Equal(2, announcements);
        Sell();
        Assert.Equal(3, announcements);
    }

    [Fact]
    public void A_minute_or_a_failure_later_all_items_are_looked_at_again()
    {
        Read(onHand: 100);
        stock.Announced(StockAnnouncements.Initial, LowThreshold);
        Sell();
        Assert.Equal(0, announcements);

        stock.Announcing();
        Sell();
        Assert.Equal(1, announcements);

        stock.Announced(StockAnnouncements.Initial, LowThreshold);
        clock.Advance(TimeSpan.FromMinutes(1));
        Sell();
        Assert.Equal(2, announcements);
    }

    [Fact]
    public void Deadlines_are_passed_on()
    {
        Read(onHand: 1);
        stock.Resolve(Named(50), outcome: null, Noon);
        Assert.Equal([Noon], expected);
    }

    private static int NumberOf(HoldReply reply) => Assert.IsType<HoldReply.Held>(reply).Number;

    private static StockRows Rows(int onHand) =>
        new([new StockLevel(Pilau, onHand, 0, 0, 0, onHand)], [], LastNumber: 0, new HashSet<Guid>());

    private void Read(int onHand)
    {
        stock.BeginReading();
        stock.EndReading(Rows(onHand), Today);
    }

    private void Sell()
    {
        var session = Guid.NewGuid();
        Assert.IsType<HoldReply.Held>(stock.Hold(session, OnePilau, Today));
        stock.Resolve(session, new HoldOutcome.Sold(), deadline: null);
    }

    private sealed class Moving : ClusterNetwork
    {
        public bool IsMoving { get; set; }

        /// <summary>The silo that a grain goes to.</summary>
        public int Chosen { get; set; }

        public override bool Moves(GrainKey grain) => IsMoving && grain.Id == KitchenId;

        public override SimulatedSilo Choose(IReadOnlyList<SimulatedSilo> alive) => alive[Chosen];
    }
}
