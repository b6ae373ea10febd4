using JikoXpress.Domain.Inventory;

namespace JikoXpress.Domain.Tests.Inventory;

/// <summary>Low is five items or fewer.</summary>
public sealed class StockAnnouncementsTests
{
    private static readonly Guid Kitchen = MamaNtilie.Id;

    [Theory]
    [InlineData(6, null)]
    [InlineData(5, Scarcity.Low)]
    [InlineData(1, Scarcity.Low)]
    [InlineData(0, Scarcity.SoldOut)]
    [InlineData(-1, Scarcity.SoldOut)]
    public void An_item_is_announced_at_the_threshold_and_at_nothing(int left, Scarcity? scarcity)
    {
        var decision = Announce(StockAnnouncements.Initial, Level(left));

        if (scarcity is not { } announced) Assert.IsType<Decision<StockAnnouncements>.Unchanged>(decision);
        else Assert.Equal([new Announcement(Pilau.Id, announced)], decision.Next().Announced);
    }

    [Fact]
    public void Going_down_and_up_again_each_step_is_announced_once()
    {
        var (low, lowNews) = Announce(StockAnnouncements.Initial, Level(4)).Commit();
        Assert.Equal([new Effect.Publish(Kitchen, new KitchenEvent.StockLow(Pilau.Id, 4, 5))], lowNews);
        Assert.IsType<Decision<StockAnnouncements>.Unchanged>(Announce(low, Level(3)));

        var (soldOut, soldOutNews) = Announce(low, Level(0)).Commit();
        Assert.Equal([new Effect.Publish(Kitchen, new KitchenEvent.StockSoldOut(Pilau.Id))], soldOutNews);
        Assert.IsType<Decision<StockAnnouncements>.Unchanged>(Announce(soldOut, Level(0)));

        var (back, backNews) = Announce(soldOut, Level(20)).Commit();
        Assert.Equal([new Effect.Publish(Kitchen, new KitchenEvent.StockBack(Pilau.Id, 20))], backNews);
        Assert.Equal(StockAnnouncements.Initial, back);
    }

    [Fact]
    public void Reserved_items_are_not_there_for_others() =>
        Assert.Equal(
            [new Announcement(Pilau.Id, Scarcity.SoldOut)],
            Announce(StockAnnouncements.Initial, new StockLevel(Pilau.Id, 10, 10, 0, 0, 10)).Next().Announced);

    [Fact]
    public void With_a_threshold_of_nothing_there_is_no_low() => Assert.IsType<Decision<StockAnnouncements>.Unchanged>(
        StockAnnouncements.Initial.Announce(Kitchen, [Level(1)], lowThreshold: 0));

    [Fact]
    public void What_is_announced_does_not_depend_on_the_order_of_the_levels()
    {
        StockLevel[] levels = [Level(0), new(Chai.Id, 3, 0, 0, 0, 3), new(Samaki.Id, 50, 0, 0, 0, 50)];

        var one = Announce(StockAnnouncements.Initial, levels).Next();
        var other = Announce(StockAnnouncements.Initial, [.. levels.Reverse()]).Next();

        Assert.Equal([new(Pilau.Id, Scarcity.SoldOut), new Announcement(Chai.Id, Scarcity.Low)], one.Announced);
        Assert.Equal(one, other);
    }

    [Fact]
    public void An_item_that_is_counted_no_more_stays_as_it_was_announced()
    {
        var soldOut = Announce(StockAnnouncements.Initial, Level(0)).Next();

        Assert.IsType<Decision<StockAnnouncements>.Unchanged>(Announce(soldOut));
    }

    private static StockLevel Level(int available) => new(Pilau.Id, available, 0, 0, 0, 10);

    private static Decision<StockAnnouncements> Announce(StockAnnouncements before, params StockLevel[] levels) =>
        before.Announce(Kitchen, levels, MamaNtilie.Settings.LowStockThreshold);
}
