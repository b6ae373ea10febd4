using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Testing;

namespace JikoXpress.Postgres.Tests;

public sealed class ListTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task Pages_lead_through_all_sessions_newest_first_and_back_again()
    {
        var till = new Till("paging");
        // Three at each moment: the number decides between them.
        var sessions = new List<GrainCommit>();
        for (var place = 0; place < 23; place++)
        {
            till.Now = Till.Noon.AddSeconds(place / 3);
            sessions.Add(till.Slip((till.Chai, 1)));
        }

        await Store.CommitTogether(sessions);
        var newestFirst = sessions
            .OrderByDescending(session => session.Row!.OpenedAt)
            .ThenByDescending(session => session.Row!.Number)
            .Select(session => session.Key)
            .ToList();

        var forth = await Walk(till, new PageRequest(5), last => new PageRequest(5, After: last), items => items[^1]);
        Assert.Equal(newestFirst, forth.SelectMany(page => page));
        Assert.Equal([5, 5, 5, 5, 3], forth.Select(page => page.Count));

        var oldest = sessions.Single(session => session.Key == newestFirst[^1]);
        var back = await Walk(
            till, new PageRequest(5, Before: CursorOf(oldest)), first => new PageRequest(5, Before: first),
            items => items[0]);
        back.Reverse();
        Assert.Equal(newestFirst.SkipLast(1), back.SelectMany(page => page));
    }

    [Fact]
    public async Task A_session_that_is_opened_meanwhile_moves_no_page()
    {
        var till = new Till("a stable page");
        GrainCommit[] sessions = [.. Enumerable.Range(0, 4).Select(second =>
        {
            till.Now = Till.Noon.AddSeconds(second);
            return till.Slip((till.Chai, 1));
        })];
        await Store.Commit(sessions);
        var first = await Store.Sessions.List(new SessionFilter(till.KitchenId), new PageRequest(2));
        till.Now = Till.Noon.AddSeconds(9);
        await Store.Commit(till.Slip((till.Chai, 1)), till.Paid(sessions[3]));

        var second = await Store.Sessions.List(
            new SessionFilter(till.KitchenId), new PageRequest(2, After: CursorOf(sessions[2])));

        Assert.Equal([sessions[3].Key, sessions[2].Key], first.Items.Select(item => item.State.Id));
        Assert.Equal([sessions[1].Key, sessions[0].Key], second.Items.Select(item => item.State.Id));
        Assert.True(first.HasMore);
        Assert.False(second.HasMore);
    }

    [Fact]
    public async Task Every_filter_finds_its_sessions()
    {
        var till = new Till("filters");
        var slip = till.Slip((till.Chai, 1));
        var sale = till.Sale((till.Chai, 1));
        var qr = Changed(till.Slip((till.Chai, 1)), row => row with
        {
            Channel = Channel.TableQr,
            TableNumber = "T 7",
            OpenedBy = till.Pilau,
            BusinessDate = Till.Today.AddDays(1),
            ClientReference = "order-77",
        });
        var elsewhere = new Till("filters elsewhere");
        await Store.Commit(slip, sale, qr, elsewhere.Slip((elsewhere.Chai, 1)));
        var all = new SessionFilter(till.KitchenId);

        await MustFind(all, slip, sale, qr);
        await MustFind(all with { Status = SessionStatus.Confirmed }, sale);
        await MustFind(all with { Status = SessionStatus.Expired });
        await MustFind(all with { Sale = new SaleFilter(Channel: Channel.Pos) }, slip, sale);
        await MustFind(all with { Sale = new SaleFilter(SessionType: SessionType.Slip) }, slip, qr);
        await MustFind(all with { Sale = new SaleFilter(TableNumber: "T 7") }, qr);
        await MustFind(all with { OpenedBy = till.Pilau }, qr);
        await MustFind(all with { Sale = new SaleFilter(From: Till.Today, To: Till.Today) }, slip, sale);
        await MustFind(all with { Sale = new SaleFilter(From: Till.Today.AddDays(1)) }, qr);
        await MustFind(all with { Sale = new SaleFilter(To: Till.Today.AddDays(-1)) });
        await MustFind(all with { Sale = new SaleFilter(Number: slip.Row!.Number) }, slip);
        await MustFind(all with { Sale = new SaleFilter(Number: sale.Row!.Number) });
        await MustFind(all with { Sale = new SaleFilter(ClientReference: "order-77") }, qr);
        await MustFind(all with { Sale = new SaleFilter(ClientReference: "order-77"), Status = SessionStatus.Confirmed });
    }

    [Fact]
    public async Task A_listed_session_is_the_state_that_was_committed_with_its_version()
    {
        var till = new Till("listed state");
        var slip = till.Slip((till.Chai, 1));
        var paid = till.Paid(slip);
        await Store.Commit(slip, paid);

        var page = await Store.Sessions.List(new SessionFilter(till.KitchenId), new PageRequest(10));

        var listed = Assert.Single(page.Items);
        Assert.Equal(StateJson.Read<Session>(paid.State), listed.State);
        Assert.Equal(2, listed.Version);
    }

    [Fact]
    public async Task Slips_are_found_by_code_and_by_number_in_their_own_kitchen()
    {
        var (till, other) = (new Till("slips"), new Till("other slips"));
        var slip = till.Slip((till.Chai, 1));
        var tomorrow = Changed(till.Slip((till.Chai, 1)), row => row with
        {
            BusinessDate = Till.Today.AddDays(1),
            Number = slip.Row!.Number,
            OpenedAt = Till.Noon.AddDays(1),
        });
        var sale = till.Sale((till.Chai, 1));
        await Store.Commit(slip, tomorrow, sale);

        Assert.Equal(slip.Key, await Store.Sessions.SlipByCode(till.KitchenId, slip.Row!.SlipCode!));
        Assert.Null(await Store.Sessions.SlipByCode(other.KitchenId, slip.Row.SlipCode!));
        Assert.Null(await Store.Sessions.SlipByCode(till.KitchenId, "0000000000000"));
        Assert.Equal([tomorrow.Key, slip.Key], await Store.Sessions.SlipsByNumber(till.KitchenId, slip.Row.Number));
        Assert.Empty(await Store.Sessions.SlipsByNumber(other.KitchenId, slip.Row.Number));
        Assert.Empty(await Store.Sessions.SlipsByNumber(till.KitchenId, sale.Row!.Number));
    }

    [Fact]
    public async Task Deadlines_that_have_come_are_found_the_longest_overdue_first()
    {
        var till = new Till("deadlines") { Now = Till.Noon.AddYears(-10) };
        var early = till.Slip((till.Chai, 1));
        till.Now = till.Now.AddMinutes(1);
        var (late, paid) = (till.Slip((till.Chai, 1)), till.Slip((till.Chai, 1)));
        await Store.Commit(late, early, paid, till.Paid(paid));
        var (first, second) = (early.Row!.Deadline!.Value, late.Row!.Deadline!.Value);

        Assert.Empty(await Store.Deadlines.Due(till.KitchenId, first.AddSeconds(-1), 10));
        Assert.Equal([early.Key], await Store.Deadlines.Due(till.KitchenId, first, 10));
        Assert.Equal([early.Key, late.Key], await Store.Deadlines.Due(till.KitchenId, second, 10));
        Assert.Equal([early.Key], await Store.Deadlines.Due(till.KitchenId, second, 1));
        Assert.Empty(await Store.Deadlines.Due(till.NextId(), second, 10));
        Assert.Equal([first, second], (await Store.Deadlines.Upcoming(till.KitchenId)).Order());
    }

    [Fact]
    public async Task The_sweep_finds_what_is_due_in_every_kitchen()
    {
        var tills = new[] { new Till("swept"), new Till("swept, too") };
        var slips = new List<GrainCommit>();
        foreach (var till in tills)
        {
            till.Now = Till.Noon.AddYears(-10);
            slips.Add(till.Slip((till.Chai, 1)));
            await Database.Run($"""
                INSERT INTO jiko.kitchen (
                    id, name, live_mode, time_zone, day_starts_at, payment_timeout_seconds, slip_timeout_seconds,
                    low_stock_threshold, created_at)
                VALUES ('{till.KitchenId}', 'A kitchen', false, 'Africa/Dar_es_Salaam', '04:00', 300, 900, 5, now())
                """);
        }

        await Store.Commit(slips);
        var due = slips[0].Row!.Deadline!.Value;

        Assert.Empty(await Store.Deadlines.Due(due.AddSeconds(-1), 10));
        Assert.Equal(slips.Select(slip => slip.Key).Order(), (await Store.Deadlines.Due(due, 10)).Order());
        Assert.Single(await Store.Deadlines.Due(due, 1));
    }

    private static GrainCommit Changed(GrainCommit commit, Func<SessionRow, SessionRow> change) =>
        commit with { Row = change(commit.Row!) };

    private static Cursor CursorOf(GrainCommit session) => new(session.Row!.OpenedAt, session.Key);

    private async Task MustFind(SessionFilter filter, params IEnumerable<GrainCommit> sessions)
    {
        var page = await Store.Sessions.List(filter, new PageRequest(10));
        Assert.Equal(
            sessions.Select(session => session.Key).ToHashSet(), page.Items.Select(item => item.State.Id).ToHashSet());
    }

    private async Task<List<List<Guid>>> Walk(
        Till till, PageRequest start, Func<Cursor, PageRequest> next,
        Func<IReadOnlyList<Session.Opened>, Session.Opened> edge)
    {
        var pages = new List<List<Guid>>();
        var request = start;
        while (true)
        {
            var page = await Store.Sessions.List(new SessionFilter(till.KitchenId), request);
            Session.Opened[] items = [.. page.Items.Select(item => item.State)];
            pages.Add([.. items.Select(item => item.Id)]);
            if (!page.HasMore) return pages;
            var last = edge(items);
            request = next(new Cursor(last.Opening.OpenedAt, last.Id));
        }
    }
}
