using JikoXpress.Domain.Inventory;

namespace JikoXpress.Domain.Tests.Inventory;

/// <summary>Ten items of pilau and two of chai; of samaki nobody keeps count.</summary>
public sealed class StockBookTests
{
    private static readonly Guid John = Id(101);
    private static readonly Guid Sarah = Id(102);
    private static readonly Guid James = Id(103);

    private readonly StockBook book = Book();

    [Fact]
    public void What_is_there_is_promised_to_the_last_item()
    {
        Assert.Empty(book.Promise(John, [new(Pilau.Id, 10)], Noon));
        Assert.Equal([new StockShortage(Pilau.Id, 1, 0)], book.Promise(Sarah, [new(Pilau.Id, 1)], Noon));
        Assert.Equal([John], book.PromisedSessions);
    }

    [Fact]
    public void One_item_too_many_is_short_and_says_what_there_is()
    {
        Assert.Equal([new StockShortage(Pilau.Id, 11, 10)], book.Promise(John, [new(Pilau.Id, 11)], Noon));
        Assert.Empty(book.PromisedSessions);
    }

    [Fact]
    public void All_items_are_promised_or_none()
    {
        var shortages = book.Promise(John, [new(Pilau.Id, 10), new(Chai.Id, 3), new(Samaki.Id, 100)], Noon);

        Assert.Equal([new StockShortage(Chai.Id, 3, 2)], shortages);
        Assert.Empty(book.Promise(Sarah, [new(Pilau.Id, 10), new(Chai.Id, 2)], Noon));
    }

    [Fact]
    public void Everything_short_is_told()
    {
        var shortages = book.Promise(John, [new(Pilau.Id, 11), new(Chai.Id, 3)], Noon);

        Assert.Equal([new(Pilau.Id, 11, 10), new StockShortage(Chai.Id, 3, 2)], shortages);
    }

    [Fact]
    public void Of_what_nobody_counts_there_is_always_enough()
    {
        Assert.Empty(book.Promise(John, [new(Samaki.Id, 99_900)], Noon));
        Assert.Empty(book.Promise(Sarah, [new(Samaki.Id, 999)], Noon));
        book.Sold(John);
        Assert.DoesNotContain(book.Levels, level => level.MenuId == Samaki.Id);
    }

    [Fact]
    public void A_promise_kept_is_reserved_and_then_sold()
    {
        book.Promise(John, [new(Pilau.Id, 4)], Noon);
        Assert.Equal((10, 0, 0), PilauLevel());

        book.Reserved(John, Noon + 15.Minutes);
        Assert.Equal((10, 4, 0), PilauLevel());
        Assert.Empty(book.PromisedSessions);

        book.Sold(John);
        Assert.Equal((6, 0, 4), PilauLevel());
        Assert.Empty(book.Promise(Sarah, [new(Pilau.Id, 6)], Noon));
    }

    [Fact]
    public void A_promise_may_be_sold_at_once_or_come_to_nothing()
    {
        book.Promise(John, [new(Pilau.Id, 4)], Noon);
        book.Promise(Sarah, [new(Pilau.Id, 6)], Noon);

        book.Sold(John);
        book.Freed(Sarah);

        Assert.Equal((6, 0, 4), PilauLevel());
        Assert.Empty(book.Promise(James, [new(Pilau.Id, 6)], Noon));
    }

    [Fact]
    public void What_was_reserved_is_free_again()
    {
        book.Promise(John, [new(Pilau.Id, 10)], Noon);
        book.Reserved(John, Noon + 15.Minutes);

        book.Freed(John);

        Assert.Equal((10, 0, 0), PilauLevel());
    }

    [Fact]
    public void News_that_comes_twice_or_too_late_changes_nothing()
    {
        book.Promise(John, [new(Pilau.Id, 4)], Noon);
        book.Reserved(John, Noon + 15.Minutes);
        book.Reserved(John, Noon + 16.Minutes);
        Assert.Equal((10, 4, 0), PilauLevel());

        book.Sold(John);
        book.Sold(John);
        book.Freed(John);
        book.Reserved(John, Noon + 15.Minutes);
        book.Freed(Sarah);

        Assert.Equal((6, 0, 4), PilauLevel());
    }

    [Fact]
    public void A_session_that_asks_again_is_promised_its_items_once()
    {
        book.Promise(John, [new(Pilau.Id, 8)], Noon);

        Assert.Empty(book.Promise(John, [new(Pilau.Id, 9)], Noon));
        Assert.Empty(book.Promise(Sarah, [new(Pilau.Id, 1)], Noon));
        book.Freed(John);
        Assert.Empty(book.Promise(James, [new(Pilau.Id, 9)], Noon));
    }

    [Fact]
    public void A_promise_nobody_hears_of_expires_after_30_seconds_when_its_items_are_needed()
    {
        book.Promise(John, [new(Pilau.Id, 10)], Noon);
        var expire = Noon + 30.Seconds;

        Assert.NotEmpty(book.Promise(Sarah, [new(Pilau.Id, 1)], expire - TimeSpan.FromTicks(1)));
        Assert.Empty(book.Promise(Sarah, [new(Pilau.Id, 10)], expire));
        book.Sold(John);
        Assert.Equal((10, 0, 0), PilauLevel());
    }

    [Fact]
    public void Sessions_whose_reservations_have_expired_are_named_the_oldest_first()
    {
        Reserve(John, Pilau.Id, Noon + 2.Minutes);
        Reserve(Sarah, Pilau.Id, Noon + 1.Minutes);
        Reserve(James, Chai.Id, Noon);
        Sequence<StockShortage> pilau = [new(Pilau.Id, 20, 8)];

        Assert.Empty(book.Expired(pilau, Noon + 1.Minutes - TimeSpan.FromTicks(1)));
        Assert.Equal([Sarah], book.Expired(pilau, Noon + 1.Minutes));
        Assert.Equal([Sarah, John], book.Expired(pilau, Noon + 2.Minutes));
        Assert.Equal([James], book.Expired([new(Chai.Id, 5, 1)], Noon + 2.Minutes));
        Assert.Equal([James, Sarah, John], book.Expired([new(Chai.Id, 5, 1), .. pilau], Noon + 2.Minutes));
    }

    [Fact]
    public void A_reservation_that_is_extended_expires_later()
    {
        Reserve(John, Pilau.Id, Noon + 1.Minutes);

        book.Reserved(John, Noon + 3.Minutes);

        Assert.Empty(book.Expired([new(Pilau.Id, 20, 9)], Noon + 2.Minutes));
        Assert.Equal([John], book.Expired([new(Pilau.Id, 20, 9)], Noon + 3.Minutes));
    }

    [Fact]
    public void Rows_read_anew_replace_what_was_believed_and_promises_stand()
    {
        Reserve(John, Pilau.Id, Noon + 15.Minutes);
        book.Promise(Sarah, [new(Pilau.Id, 3)], Noon);

        book.Load([new(Pilau.Id, 5, 1, 5, 0, 10)], [new(James, [new(Pilau.Id, 1)], Noon)], new HashSet<Guid>());

        Assert.Equal([new StockShortage(Pilau.Id, 2, 1)], book.Promise(John, [new(Pilau.Id, 2)], Noon));
        Assert.Equal([James], book.Expired([new(Pilau.Id, 2, 1)], Noon));
        Assert.Equal([Sarah], book.PromisedSessions);
    }

    [Fact]
    public void A_promise_that_the_rows_hold_already_is_a_promise_no_more()
    {
        book.Promise(John, [new(Pilau.Id, 3)], Noon);

        book.Load(
            [new(Pilau.Id, 10, 3, 0, 0, 10)],
            [new(John, [new(Pilau.Id, 3)], Noon + 1.Minutes)],
            new HashSet<Guid> { John });

        Assert.Empty(book.PromisedSessions);
        Assert.Empty(book.Promise(Sarah, [new(Pilau.Id, 7)], Noon));
        book.Reserved(John, Noon + 15.Minutes);
        Assert.Equal((10, 3, 0), PilauLevel());
    }

    [Fact]
    public void A_promise_reserved_in_rows_that_were_read_before_anybody_told_counts_once()
    {
        book.Promise(John, [new(Pilau.Id, 3)], Noon);
        book.Load(
            [new(Pilau.Id, 10, 3, 0, 0, 10)], [new(John, [new(Pilau.Id, 3)], Noon + 1.Minutes)], new HashSet<Guid>());

        book.Reserved(John, Noon + 1.Minutes);

        Assert.Empty(book.PromisedSessions);
        Assert.Empty(book.Promise(Sarah, [new(Pilau.Id, 7)], Noon));
    }

    [Fact]
    public void What_the_rows_do_not_have_any_more_is_forgotten()
    {
        Reserve(John, Pilau.Id, Noon + 1.Minutes);

        book.Load([new(Pilau.Id, 5, 0, 5, 0, 10)], [], new HashSet<Guid>());

        Assert.Empty(book.Expired([new(Pilau.Id, 9, 5)], Noon + 2.Minutes));
        Assert.Equal([Pilau.Id], book.Levels.Select(level => level.MenuId));
        Assert.Empty(book.Promise(Sarah, [new(Chai.Id, 999)], Noon));
    }

    private static StockBook Book()
    {
        var book = new StockBook();
        book.Load([new(Pilau.Id, 10, 0, 0, 0, 10), new(Chai.Id, 2, 0, 0, 0, 2)], [], new HashSet<Guid>());
        return book;
    }

    private void Reserve(Guid session, Guid item, DateTimeOffset expiresAt)
    {
        book.Promise(session, [new(item, 1)], Noon);
        book.Reserved(session, expiresAt);
    }

    private (int OnHand, int Reserved, int Sold) PilauLevel()
    {
        var level = book.Levels.Single(level => level.MenuId == Pilau.Id);
        return (level.OnHand, level.Reserved, level.Sold);
    }
}
