using System.Diagnostics;
using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Grains;

/// <summary>The services that bill grains use.</summary>
public sealed record BillServices(
    ICommits Commits, IStateReads Reads, SessionFactsSource Facts, IGrainFactory Grains, IAggregators Aggregators,
    IIds Ids, TimeProvider Clock, ILogger<BillServices> Log);

/// <summary>
/// The grain of one bill. Commits of session grains change the bill too, so this grain reads the rows before each
/// decision. When two commits collide, the version check fails one of them, and it retries.
/// </summary>
[GrainType("bill")]
[CollectionAgeLimit(Minutes = 2)]
internal sealed class BillGrain(IGrainContext context, BillServices services) : IBillGrain, IGrainBase
{
    private const int MostTries = 20;

    private readonly Guid id = context.GrainId.GetGuidKey();

    private readonly Actor<Bill> actor = new(
        GrainKind.Bill, context.GrainId.GetGuidKey(), Bill.Initial, services.Commits, services.Reads, services.Clock);

    public IGrainContext GrainContext => context;

    public ValueTask<Snapshot<Bill>> Read()
    {
        if (actor.InMemory is { } held) actor.Forget(held);
        return actor.Current();
    }

    public async Task<Reply<Bill>> Pay(PayBill command, CancellationToken cancellation)
    {
        var facts = await services.Facts.Gather(command.By.KitchenId, command.Payments);
        if (facts is null) return Refused(BillRefusals.NotFound);
        command = command with { Payments = await services.Facts.Resolve(command.Payments, facts) };
        var inventory = services.Grains.Inventory(facts.Kitchen.Id);
        var begun = services.Clock.GetUtcNow();
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            var now = services.Clock.GetUtcNow();
            var sessionId = services.Ids.Next();
            var today = facts.Kitchen.Settings.BusinessDateOf(now);
            var current = await services.Grains.BillAsOfNow(id);
            var first = await NewIds(sessionId, 1, today, command.Payments, facts, isTrial: true);
            var trial = current.State.Pay(command, facts, first, now);
            if (trial is not Decision<Bill>.Commit) return await actor.Answer(trial, current);

            // No items, so no stock is held: this call only gets the number of the day.
            if (await inventory.Hold(sessionId, [], today) is not HoldReply.Held(var number))
                throw new UnreachableException("A refusal for insufficient stock must name an item.");
            var ids = await NewIds(sessionId, number, today, command.Payments, facts);
            CallerPatience.Check(begun, services.Clock.GetUtcNow());
            var decision = current.State.Pay(command, facts, ids, now);
            var (answer, reply) = await Carry(current, decision, command.Operation, now);
            await inventory.ResolveHold(
                sessionId, answer is CommitAnswer.NumberTaken ? new HoldOutcome.Mistaken() : new HoldOutcome.Freed(),
                answer is CommitAnswer.Committed && decision is Decision<Bill>.Commit(_, var effects)
                    ? SessionRows.DeadlineOf(sessionId, effects)
                    : null);
            if (reply is not null) return reply;
        }

        return Refused(BillRefusals.Overloaded);
    }

    public Task<Reply<Bill>> Split(SplitBill command, CancellationToken cancellation)
    {
        var ids = services.Ids.Several(command.IdsNeeded);
        return Decide(command.Operation, (bill, now) => bill.Split(command, ids, now));
    }

    public Task<Reply<Bill>> Transfer(TransferBill command, CancellationToken cancellation) =>
        Decide(command.Operation, async (bill, now) =>
            bill.Transfer(command, await services.Reads.RoundsOf(bill), now));

    public Task<Reply<Bill>> Merge(MergeBill command, CancellationToken cancellation) => Decide(
        command.Operation,
        async (bill, now) =>
        {
            var from = await services.Grains.KnownBill(command.FromId, command.By.KitchenId);
            return bill.Merge(command, from, await services.Reads.RoundsOf(from?.Bill), now);
        });

    public Task<Reply<Bill>> VoidLine(VoidBillLine command, CancellationToken cancellation)
    {
        var rest = services.Ids.Next();
        return Decide(command.Operation, async (bill, now) => bill.VoidLine(
            command, await services.Reads.RoundOf(bill, command.LineId), await services.Reads.PaidFor(bill), rest,
            now));
    }

    public Task<Reply<Bill>> WriteOff(WriteOffBill command, CancellationToken cancellation) =>
        Decide(command.Operation, (bill, now) => bill.WriteOff(command, now));

    public async Task<Reply<Session>> Refund(RefundBillPayment command, CancellationToken cancellation)
    {
        var current = await services.Grains.BillAsOfNow(id);
        return current.State.NotRefundable(command) is { } refusal
            ? new Reply<Session>.Refused([refusal])
            : await services.Grains.Session(command.PaymentId).Refund(command.Refund, cancellation);
    }

    private Task<Reply<Bill>> Decide(Operation? operation, Func<Bill, DateTimeOffset, Decision<Bill>> decide) =>
        Decide(operation, (bill, now) => ValueTask.FromResult(decide(bill, now)));

    /// <summary>
    /// Each try calls <paramref name="decide"/> again, which reads what else it needs: that may have changed too.
    /// </summary>
    private async Task<Reply<Bill>> Decide(
        Operation? operation, Func<Bill, DateTimeOffset, ValueTask<Decision<Bill>>> decide)
    {
        var begun = services.Clock.GetUtcNow();
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            var current = await services.Grains.BillAsOfNow(id);
            var now = services.Clock.GetUtcNow();
            var decision = await decide(current.State, now);
            CallerPatience.Check(begun, services.Clock.GetUtcNow());
            var (_, reply) = await Carry(current, decision, operation, now);
            if (reply is not null) return reply;
        }

        return Refused(BillRefusals.Overloaded);
    }

    /// <summary>Commits a decision; no reply when the decision was made on an old state.</summary>
    private async Task<(CommitAnswer? Answer, Reply<Bill>? Reply)> Carry(
        Snapshot<Bill> current, Decision<Bill> decision, Operation? operation, DateTimeOffset now)
    {
        if (decision is not Decision<Bill>.Commit commit) return (null, await actor.Answer(decision, current));
        var bill = (Bill.Opened)commit.Next;
        var kept = commit with { Effects = [new Effect.KeepBill(bill, current.Version), .. commit.Effects] };
        var answer = await actor.Commit(current, kept, bill.Opening.KitchenId, row: null, operation, now);
        if (answer is CommitAnswer.Committed) await services.Grains.Tell(commit.Effects, services.Log);
        return (answer, Actor<Bill>.Answer(
            commit, answer, current, () => commit.Effects.OfType<Effect.KeepSession>().First().Session.Payments, now));
    }

    private async ValueTask<OpeningIds> NewIds(
        Guid sessionId, int number, DateOnly today, Sequence<PaymentRequest>? payments, SessionFacts facts,
        bool isTrial = false) => new(
        sessionId, services.Ids.Next(), services.Ids.Several(payments?.Count ?? 0), number, today, SlipCode: "",
        await services.Ids.Pushes(services.Aggregators, facts, payments, isTrial));

    private static Reply<Bill>.Refused Refused(Refusal refusal) => Refused([refusal]);

    private static Reply<Bill>.Refused Refused(Sequence<Refusal> refusals) => Actor<Bill>.Refused(refusals);
}
