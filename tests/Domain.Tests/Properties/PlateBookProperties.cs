using FsCheck;
using FsCheck.Fluent;
using JikoXpress.Domain.Inventory;

namespace JikoXpress.Domain.Tests.Properties;

public sealed class PlateBookProperties
{
    private const int Runs = 10_000;

    private static readonly StockLevel[] Shelf = [new(Pilau.Id, 10, 0, 0, 0, 0), new(Chai.Id, 3, 0, 0, 0, 0)];

    [Fact]
    public void Whatever_is_heard_in_whatever_order_the_book_counts_as_a_list_would()
    {
        var promised = 0;
        var refused = 0;

        Property.Holds(Runs, Happening.Any, happening => happening.Simpler(), happenings =>
        {
            var now = Noon;
            var naive = new NaivePlates(Shelf);
            var book = new PlateBook();
            book.Load(Shelf, [], new HashSet<Guid>());
            foreach (var happening in happenings)
            {
                now += TimeSpan.FromSeconds(happening.Seconds);
                var (expected, actual) = Tell(happening, naive, book, now);
                Assert.Equal(expected, actual);
                Compare(naive, book, now);
                if (happening.What == What.Promise && actual.Count == 0) promised++;
                if (actual.Count > 0) refused++;
            }
        });

        Assert.True(promised > Runs && refused > Runs, $"{promised} promised, {refused} refused");
    }

    private static (Sequence<StockShortage> Expected, Sequence<StockShortage> Actual) Tell(
        Happening happening, NaivePlates naive, PlateBook book, DateTimeOffset now)
    {
        var session = Id(100 + happening.Session);
        var lapsesAt = now + happening.Plates.Minutes;
        switch (happening.What)
        {
            case What.Promise:
                Sequence<StockLine> plates =
                    [new(Pilau.Id, happening.Plates), new(Chai.Id, happening.Session), new(Samaki.Id, 5)];
                return (naive.Promise(session, plates, now), book.Promise(session, plates, now));
            case What.Reserved:
                naive.Reserved(session, lapsesAt);
                book.Reserved(session, lapsesAt);
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
                var told = happening.Plates % 2 == 0;
                naive.Committed(committed, told, lapsesAt);
                book.Load(naive.Levels, naive.Reservations, told ? committed : new HashSet<Guid>());
                break;
        }

        return ([], []);
    }

    private static void Compare(NaivePlates naive, PlateBook book, DateTimeOffset now)
    {
        Assert.True(naive.Promised.Order().SequenceEqual(book.PromisedSessions.Order()));
        Assert.True(naive.Levels.SequenceEqual(book.Levels));
        Assert.All(book.Levels, level => Assert.True(level is { Reserved: >= 0, Sold: >= 0 }));
        Sequence<StockShortage> shortages = [new(Pilau.Id, 99, 0)];
        Assert.True(naive.Reservations
            .Where(reservation => reservation.LapsesAt <= now)
            .OrderBy(reservation => reservation.LapsesAt)
            .Select(reservation => reservation.LapsesAt)
            .SequenceEqual(book.Lapsed(shortages, now).Select(session =>
                naive.Reservations.Single(reservation => reservation.SessionId == session).LapsesAt)));
    }

    private enum What { Promise, Reserved, Sold, Freed, Read }

    private sealed record Happening(What What, int Session, int Plates, int Seconds)
    {
        public static Gen<Happening> Any { get; } =
            from what in Gen.Elements(What.Promise, What.Promise, What.Reserved, What.Sold, What.Freed, What.Read)
            from session in Gen.Choose(0, 3)
            from plates in Gen.Choose(1, 6)
            from seconds in Gen.Elements(0, 0, 0, 1, 15, 29, 30, 31, 120)
            select new Happening(what, session, plates, seconds);

        public IEnumerable<Happening> Simpler()
        {
            if (Seconds > 0) yield return this with { Seconds = 0 };
            if (Session > 0) yield return this with { Session = 0 };
            if (Plates > 1) yield return this with { Plates = Plates - 1 };
        }
    }
}
