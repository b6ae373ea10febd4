using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;
using JikoXpress.Simulation.Faults;
using JikoXpress.Simulation.World;
using JikoXpress.Testing.Memory;
using Npgsql;

namespace JikoXpress.Simulation.Store;

/// <summary>
/// One host's way to the shared rows: every call takes time, may break, and is a point at which the host may die before
/// it or after it.
/// </summary>
internal sealed class StoreDoor(Host host, Universe world)
    : IStateReads, IStockReads, IWalletReads, IDeadlines, IAttempts, IRefunds, IPaymentInbox,
        IReceipts, IPaymentShifts, IPaymentExceptions, IRefundReads
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestBelated = TimeSpan.FromSeconds(3);

    private MemoryDatabase Rows => world.Database;

    public Task<StoredState?> Load(GrainKind kind, Guid key) =>
        Call(Act.LoadState, () => Rows.State(kind, key), known => $"{world.Name(key)} v{known?.Version ?? 0}");

    public Task<StoredAnswer?> Answered(Guid operationId) =>
        Call(Act.LoadAnswer, () => Rows.Answered(operationId), known => $"v{known?.Version ?? 0}");

    public Task<StockRows> Load(Guid kitchenId, DateOnly businessDate, IReadOnlyCollection<Guid> sessions) => Call(
        Act.LoadItems, () => Rows.Items(kitchenId, businessDate, sessions),
        rows => string.Join(' ', rows.Levels.Select(level => $"{level.OnHand}-{level.Reserved}")));

    public Task<IReadOnlyDictionary<Guid, Money>> KitchenWallets(
        Guid kitchenId, IReadOnlyCollection<Guid> customers) => Call(
        Act.LoadWallets, () => Rows.KitchenWallets(kitchenId, customers), wallets => $"{wallets.Count} wallets");

    public Task<IReadOnlyDictionary<string, WalletAuthorization>> Authorizations(
        IReadOnlyCollection<string> codes, bool liveMode) => Call(
        Act.LoadCodes, () => world.City.GoodFor(codes, Rows), good => $"{good.Count} of {codes.Count} codes good");

    public Task<Guid?> CustomerOf(Guid kitchenId, string phone) => Call(
        Act.FindCustomer, () => world.City.CustomerOf(kitchenId, phone), found => found is null ? "nobody's" : "known");

    /// <summary>No till has shifts here: it answers for itself.</summary>
    public Task<PaymentShift> ShiftOf(Guid kitchenId, Guid tillId, Guid paymentId) => Call(
        Act.LoadWallets, () => Rows.ShiftOf(tillId), shift => $"{shift.Cash} in the drawer");

    public Task<IReadOnlyList<Guid>> Due(DateTimeOffset now, int limit) => Call(
        Act.FindDeadlines, () => Rows.Due(now, limit), due => $"{due.Count} due");

    public Task<IReadOnlyList<Guid>> Due(Guid kitchenId, DateTimeOffset now, int limit) => Call(
        Act.FindKitchensDeadlines, () => Rows.Due(kitchenId, now, limit),
        due => $"{due.Count} due at {world.Name(kitchenId)}");

    public Task<IReadOnlyList<DateTimeOffset>> Upcoming(Guid kitchenId) => Call(
        Act.LoadDeadlines, () => Rows.Upcoming(kitchenId), all => $"{all.Count} at {world.Name(kitchenId)}");

    /// <summary>The table of reminders is in the same database.</summary>
    public Task ReachReminders(Guid kitchenId, string why) =>
        Call(Act.ReachReminders, () => why, done => $"{done} {world.Name(kitchenId)}");

    Task<IReadOnlyList<AttemptWork>> IAttempts.Claim(DateTimeOffset now, TimeSpan lease, int limit) => Call(
        Act.ClaimAttempts, () => Rows.ClaimAttempts(now, lease, limit), due => $"{due.Count} attempts");

    public Task<AttemptWork?> Find(string reference) => Call(
        Act.FindAttempt, () => Rows.Attempt(reference)?.Work, found => found is null ? "nobody's" : found.Reference);

    public Task<bool> BeginPush(AttemptWork claimed) => Call(
        Act.LookAgain,
        () =>
        {
            var isFirst = Rows.BeginPush(claimed.Reference);
            if (isFirst) world.Begun[claimed.Reference] = host.Place;
            return isFirst;
        },
        isFirst => $"{claimed.Reference} {(isFirst ? "is about to be pushed" : "was pushed before")}");

    public async Task PushNotSent(AttemptWork claimed)
    {
        world.NotTakenBack[claimed.Reference] = world.NotTakenBack.GetValueOrDefault(claimed.Reference) + 1;
        await Do(Act.LookAgain, () => Rows.PushNotSent(claimed.Reference), $"{claimed.Reference} was not pushed");
        world.NotTakenBack.Remove(claimed.Reference);
    }

    public Task LookAgain(AttemptWork claimed, DateTimeOffset? at, string? providerReference = null) =>
        Do(Act.LookAgain, () => Rows.LookAgain(claimed, at, providerReference), claimed.Reference);

    public Task LookSoon(string reference, DateTimeOffset at) =>
        Do(Act.LookSoon, () => Rows.LookSoon(reference, at), reference);

    public Task<string> Claim(string adapter, string receipt, string reference, DateTimeOffset at) => Call(
        Act.FindAttempt, () => Rows.ClaimReceipt(adapter, receipt, reference), whose => $"{receipt} is of {whose}");

    public Task<bool> Note(NewPaymentException found) => Call(
        Act.FindAttempt, () => Rows.NoteException(found), isNew => $"{found.Kind} of {found.Reference}, new: {isNew}");

    Task<IReadOnlyList<RefundWork>> IRefunds.Claim(DateTimeOffset now, TimeSpan lease, int limit) => Call(
        Act.ClaimRefunds, () => Rows.ClaimRefunds(now, lease, limit), due => $"{due.Count} refunds");

    public Task TryAgain(RefundWork claimed, DateTimeOffset at, DateTimeOffset? refusedAt) =>
        Do(Act.PostponeRefund, () => Rows.TryRefundAgain(claimed, at, refusedAt), claimed.Reference);

    /// <summary>Nobody here decides about refunds.</summary>
    public Task<bool> IsRefused(string refundReference) => Task.FromResult(false);

    public Task<OpenDrawer?> Drawer(Guid kitchenId, Guid shiftId) => Task.FromResult<OpenDrawer?>(null);

    public Task<InboxWork?> Keep(NewEvent arrived) =>
        Call(Act.KeepEvent, () => Rows.Keep(arrived), kept => kept is null ? "known" : $"event {kept.Id}");

    Task<IReadOnlyList<InboxWork>> IPaymentInbox.Claim(DateTimeOffset now, TimeSpan lease, int limit) => Call(
        Act.ClaimEvents, () => Rows.ClaimInbox(now, lease, limit), due => $"{due.Count} events");

    public Task Done(long id) => Do(Act.FinishEvent, () => Rows.InboxDone(id), $"event {id}");

    public Task Postpone(long id, DateTimeOffset until) =>
        Do(Act.ParkEvent, () => Rows.InboxPostpone(id, until), $"event {id}");

    /// <summary>A call takes milliseconds, or seconds when the store is slow.</summary>
    public Task Latency() => host.Place.Delay(
        world.Weather.Strikes(Fault.StoreSlow) ? world.Dice.Between(TimeSpan.FromSeconds(1), Slow)
        : world.Dice.Chance(0.5) ? TimeSpan.FromMilliseconds(world.Dice.Between(1, 20))
        : TimeSpan.Zero);

    /// <summary>
    /// Writes something in a transaction of its own: the answer may be lost before or after it, and the server may do
    /// it after everybody has given up.
    /// </summary>
    public async Task<T> Write<T>(Act act, Func<T> change, Func<T, string> say)
    {
        await Latency();
        await host.Survive(new CrashPoint(act, Side.Before));
        if (world.Weather.Strikes(Fault.CommitLostBefore)) throw Broken(Fault.CommitLostBefore, act);
        if (world.Weather.Strikes(Fault.CommitLate))
        {
            world.Server.Do(async () =>
            {
                await world.Server.Delay(world.Dice.Between(TimeSpan.Zero, LongestBelated));
                world.Say(world.Server, $"{act} late {say(change())}");
            });
            throw Broken(Fault.CommitLate, act);
        }

        var answer = change();
        host.Say($"{act} {say(answer)}");
        if (world.Weather.Strikes(Fault.CommitLostAfter)) throw Broken(Fault.CommitLostAfter, act);
        // The laws look at what it has become before the next one changes it.
        await Task.Yield();
        await Latency();
        await host.Survive(new CrashPoint(act, Side.After));
        return answer;
    }

    private NpgsqlException Broken(Fault fault, Act act)
    {
        world.Census.Count(fault);
        host.Say($"{fault} {act}");
        return new NpgsqlException("The connection broke.");
    }

    private Task<bool> Do(Act act, Action change, string what) => Call(
        act,
        () =>
        {
            change();
            return true;
        },
        _ => what);

    /// <summary>A read, or a claim of work, which nobody misses.</summary>
    public async Task<T> Call<T>(Act act, Func<T> ask, Func<T, string> say)
    {
        await Latency();
        await host.Survive(new CrashPoint(act, Side.Before));
        if (world.Weather.Strikes(Fault.ReadBroken)) throw new NpgsqlException("The connection broke.");
        var answer = ask();
        host.Say($"{act} {say(answer)}");
        await Latency();
        await host.Survive(new CrashPoint(act, Side.After));
        return answer;
    }
}
