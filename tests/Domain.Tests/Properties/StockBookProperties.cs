using FsCheck;
using FsCheck.Fluent;
using JikoXpress.Domain.Inventory;

namespace JikoXpress.Domain.Tests.Properties;

public sealed class StockBookProperties
{
    private const int Runs = 10_000;

    private static readonly StockLevel[] Shelf = [new(Pilau.Id, 10, 0, 0, 0, 0), new(Chai.Id, 3, 0, 0, 0, 0)];

    [Fact]
    public void Whatever_is_heard_in_whatever_order_the_book_counts_as_a_list_would()
    {
        var promised = 0;
        var refused = 0;

        Property.Holds(Runs, TimelineEntry.Any, entry => entry.Simpler(), entries =>
        {
            var now = Noon;
            var naive = new NaiveStock(Shelf);
            var book = new StockBook();
            book.Load(Shelf, [], new HashSet<Guid>());
            foreach (var entry in entries)
            {
                now += TimeSpan.FromSeconds(entry.Seconds);
                var (expected, actual) = Tell(entry, naive, book, now);
                Assert.Equal(expected, actual);
                Compare(naive, book, now);
                if (entry.What == What.Promise && actual.Count == 0) promised++;
                if (actual.Count > 0) refused++;
            }
        });

        Assert.True(promised > Runs && refused > Runs, $"{promised} promised, {refused} refused");
    }

    private static (Sequence<StockShortage> Expected, Sequence<StockShortage> Actual) Tell(
        TimelineEntry entry, NaiveStock naive, StockBook book, DateTimeOffset now)
    {
        var session = Id(100 + entry.Session);
        var expiresAt = now + entry.Items.Minutes;
        switch (entry.What)
        {
            case What.Promise:
                Sequence<StockLine> items =
                    [new(Pilau.Id, entry.Items), new(Chai.Id, entry.Session), new(Samaki.Id, 5)];
                return (naive.Promise(session, items, now), book.Promise(session, items, now));
            case What.Reserved:
                naive.Reserved(session, expiresAt);
                book.Reserved(session, expiresAt);
                break;
            case What.Sold:
                naive.Sold(session);
                book.Sold(session);
                break;
            case What.Freed:
                naive.Freed(session);
                book.Freed(session);
                break;
            case What.Read:
                var committed = new HashSet<Guid> { session };
                var told = entry.Items % 2 == 0;
                naive.Committed(committed, told, expiresAt);
                book.Load(naive.Levels, naive.Reservations, told ? committed : new HashSet<Guid>());
                break;
        }

        return ([], []);
    }

    private static void Compare(NaiveStock naive, StockBook book, DateTimeOffset now)
    {
        Assert.True(naive.Promised.Order().SequenceEqual(book.PromisedSessions.Order()));
        Assert.True(naive.Levels.SequenceEqual(book.Levels));
        Assert.All(book.Levels, level => Assert.True(level is { Reserved: >= 0, Sold: >= 0 }));
        Sequence<StockShortage> shortages = [new(Pilau.Id, 99, 0)];
        Assert.True(naive.Reservations
            .Where(reservation => reservation.ExpiresAt <= now)
            .OrderBy(reservation => reservation.ExpiresAt)
            .Select(reservation => reservation.ExpiresAt)
            .SequenceEqual(book.Expired(shortages, now).Select(session =>
                naive.Reservations.Single(reservation => reservation.SessionId == session).ExpiresAt)));
    }

    private enum What { Promise, Reserved, Sold, Freed, Read }

    private sealed record TimelineEntry(What What, int Session, int Items, int Seconds)
    {
        public static Gen<TimelineEntry> Any { get; } =
            from what in Gen.Elements(What.Promise, What.Promise, What.Reserved, What.Sold, What.Freed, What.Read)
            from session in Gen.Choose(0, 3)
            from items in Gen.Choose(1, 6)
            from seconds in Gen.Elements(0, 0, 0, 1, 15, 29, 30, 31, 120)
            select new TimelineEntry(what, session, items, seconds);

        public IEnumerable<TimelineEntry> Simpler()
        {
            if (Seconds > 0) yield return this with { Seconds = 0 };
            if (Session > 0) yield return this with { Session = 0 };
            if (Items > 1) yield return this with { Items = Items - 1 };
        }
    }
}
