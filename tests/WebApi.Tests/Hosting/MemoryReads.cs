using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace JikoXpress.WebApi.Tests.Hosting;

/// <summary>Passes commits on, and tells the reads what was committed.</summary>
internal sealed class RecordingCommits(ICommits inner, MemoryReads reads) : ICommits
{
    public async Task<CommitAnswer> Commit(GrainCommit commit)
    {
        var answer = await inner.Commit(commit);
        if (answer is CommitAnswer.Committed) reads.Record(commit);
        return answer;
    }
}

/// <summary>Lists over what was committed.</summary>
internal sealed class MemoryReads
    : ISessionReads, IBillReads, IOrderReads, ITicketReads, IEventFeed, IDeadlines, IHealthCheck
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Snapshot<Session.Opened>> sessions = [];
    private readonly Dictionary<Guid, Snapshot<Bill.Opened>> bills = [];
    private readonly List<Order> orders = [];
    private readonly List<PublishedEvent> events = [];
    private TaskCompletionSource changed = new();

    /// <summary>Where it is set, the database is away.</summary>
    public Exception? Fault { get; set; }

    public void Record(GrainCommit commit)
    {
        lock (gate)
        {
            if (commit.Kind is GrainKind.Session)
            {
                var session = (Session.Opened)StateJson.Read<Session>(commit.State);
                sessions[commit.Key] = new Snapshot<Session.Opened>(session, commit.ExpectedVersion + 1);
            }

            foreach (var keep in commit.Effects.OfType<Effect.KeepBill>())
                bills[keep.Bill.Id] = new Snapshot<Bill.Opened>(keep.Bill, keep.ExpectedVersion + 1);
            orders.AddRange(commit.Effects.OfType<Effect.PlaceOrder>().Select(effect => effect.Order));
            foreach (var publish in commit.Effects.OfType<Effect.Publish>())
            {
                events.Add(new PublishedEvent(events.Count + 1, commit.At, publish.Event));
            }
        }

        Interlocked.Exchange(ref changed, new TaskCompletionSource()).SetResult();
    }

    public Task<Page<Snapshot<Session.Opened>>> List(SessionFilter filter, PageRequest page)
    {
        lock (gate)
        {
            var found = sessions.Values
                .Where(item => Matches(item.State.Opening, filter))
                .Where(item => filter.Status is null || item.State.Status == filter.Status)
                .OrderByDescending(item => (item.State.Opening.OpenedAt, item.State.Id));
            return Task.FromResult(PageOf(found, page, item => new Cursor(item.State.Opening.OpenedAt, item.State.Id)));
        }
    }

    public Task<Page<Snapshot<Bill.Opened>>> List(BillFilter filter, PageRequest page)
    {
        lock (gate)
        {
            var found = bills.Values
                .Where(item => item.State.Opening.KitchenId == filter.KitchenId
                    && (filter.Status is null || item.State.Status == filter.Status)
                    && (filter.Sale?.TableNumber is not { } table || item.State.TableNumber == table))
                .OrderByDescending(item => (item.State.Opening.OpenedAt, item.State.Id));
            return Task.FromResult(PageOf(found, page, item => new Cursor(item.State.Opening.OpenedAt, item.State.Id)));
        }
    }

    public Task<Guid?> SlipByCode(Guid? kitchenId, string slipCode)
    {
        lock (gate)
        {
            var found = sessions.Values.FirstOrDefault(
                item => (kitchenId is null || item.State.Opening.KitchenId == kitchenId)
                    && item.State.Opening.SlipCode == slipCode);
            return Task.FromResult(found?.State.Id);
        }
    }

    public Task<IReadOnlyList<Guid>> SlipsByNumber(Guid kitchenId, int number)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<Guid>>([.. sessions.Values
                .Where(item => item.State.Opening is { SlipCode: not null } opening
                    && opening.KitchenId == kitchenId && opening.Number == number)
                .Select(item => item.State.Id)]);
        }
    }

    public Task<Order?> Find(Guid kitchenId, Guid orderId)
    {
        if (Fault is not null) throw Fault;
        lock (gate)
        {
            return Task.FromResult(
                orders.Find(order => order.Id == orderId && order.KitchenId == kitchenId) is { } order
                    ? AsItStands(order)
                    : null);
        }
    }

    public Task<Order?> FindFor(Caller caller, Guid orderId)
    {
        if (Fault is not null) throw Fault;
        lock (gate)
        {
            return Task.FromResult(
                orders.Find(order => order.Id == orderId) is { } order
                && caller.MaySee(sessions[order.SessionId].State.Opening)
                    ? AsItStands(order)
                    : null);
        }
    }

    public Task<Page<Order>> List(OrderFilter filter, PageRequest page)
    {
        lock (gate)
        {
            var found = orders.Where(order => order.KitchenId == filter.KitchenId)
                .Select(AsItStands)
                .Where(order => filter.Status is null || order.Status == filter.Status)
                .OrderByDescending(order => (order.PlacedAt, order.Id));
            return Task.FromResult(PageOf(found, page, order => new Cursor(order.PlacedAt, order.Id)));
        }
    }

    public Task<Page<Ticket>> List(TicketFilter filter, PageRequest page)
    {
        lock (gate)
        {
            List<Ticket> found = [..
                from order in orders.Where(order => order.KitchenId == filter.KitchenId).Select(AsItStands)
                where page.After is not { } after || (order.PlacedAt, order.Id).CompareTo((after.At, after.Id)) > 0
                let ticket = (order.OrderState ?? OrderState.AtBirth).Ticket
                where filter.Status is null
                    ? ticket is TicketStatus.New or TicketStatus.Preparing or TicketStatus.Ready
                    : ticket == filter.Status
                orderby order.PlacedAt, order.Id
                select new Ticket(order, ticket!.Value)];
            return Task.FromResult(new Page<Ticket>([.. found.Take(page.Limit)], found.Count > page.Limit));
        }
    }

    private Order AsItStands(Order order) => sessions[order.SessionId].State is Session.Confirmed sale
        ? order with { Status = sale.After.Status, OrderState = sale.OrderState, Payments = sale.Payments }
        : order;

    public Task<IReadOnlyList<PublishedEvent>> Read(Guid kitchenId, long after, int limit)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<PublishedEvent>>([.. events.Where(item => item.Position > after)]);
        }
    }

    public Task<long> Last(Guid kitchenId)
    {
        lock (gate) return Task.FromResult((long)events.Count);
    }

    public Task<bool> Knows(Guid kitchenId, long position)
    {
        lock (gate) return Task.FromResult(position >= 1 && position <= events.Count);
    }

    public Task<long> LastBefore(Guid kitchenId, DateTimeOffset moment)
    {
        lock (gate) return Task.FromResult((long)events.Count(published => published.At < moment));
    }

    public async Task Changed(CancellationToken cancellation)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = cancellation.Register(cancelled.SetResult);
        await Task.WhenAny(changed.Task, cancelled.Task);
    }

    public Task<IReadOnlyList<Guid>> Due(DateTimeOffset now, int limit) => Task.FromResult<IReadOnlyList<Guid>>([]);

    public Task<IReadOnlyList<Guid>> Due(Guid kitchenId, DateTimeOffset now, int limit) => Due(now, limit);

    public Task<IReadOnlyList<DateTimeOffset>> Upcoming(Guid kitchenId) =>
        Task.FromResult<IReadOnlyList<DateTimeOffset>>([]);

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Fault is null ? Task.FromResult(HealthCheckResult.Healthy()) : throw Fault;

    private static bool Matches(SessionOpening opening, SessionFilter filter) =>
        (filter.KitchenId is null || opening.KitchenId == filter.KitchenId)
        && (filter.OpenedBy is null || opening.OpenedBy.Id == filter.OpenedBy)
        && Matches(opening, filter.Sale ?? SaleFilter.None);

    private static bool Matches(SessionOpening opening, SaleFilter sale) =>
        (sale.Channel is null || opening.Channel == sale.Channel)
        && (sale.SessionType is null || opening.SessionType == sale.SessionType)
        && (sale.TableNumber is null || opening.TableNumber == sale.TableNumber)
        && (sale.From is null || opening.BusinessDate >= sale.From)
        && (sale.To is null || opening.BusinessDate <= sale.To)
        && (sale.Number is null || opening.Number == sale.Number)
        && (sale.ClientReference is null || opening.ClientReference == sale.ClientReference);

    private static Page<T> PageOf<T>(IEnumerable<T> newestFirst, PageRequest page, Func<T, Cursor> place)
    {
        bool IsOlder(Cursor one, Cursor other) => (one.At, one.Id).CompareTo((other.At, other.Id)) < 0;
        var all = newestFirst.ToList();
        if (page.Before is { } before)
        {
            var newer = all.Where(item => IsOlder(before, place(item))).ToList();
            return new Page<T>([.. newer.TakeLast(page.Limit)], newer.Count > page.Limit);
        }

        var older = all.Where(item => page.After is null || IsOlder(place(item), page.After)).ToList();
        return new Page<T>([.. older.Take(page.Limit)], older.Count > page.Limit);
    }
}
