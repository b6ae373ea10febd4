using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Payments;
using JikoXpress.Simulation.Faults;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Phones;

/// <summary>
/// A host's line to the aggregator: outgoing calls take time, time out before or after they arrived, and are points at
/// which the host may die. What comes in is read by the product's own adapter.
/// </summary>
internal sealed class AggregatorLine(Host host, Universe world, Aggregator phones) : IMobileMoneyAdapter, IDisposable
{
    private readonly HttpClient nobody = new();

    private SimulatorAdapter Reader => field ??= new SimulatorAdapter(Postman.Settings, nobody);

    public string Name => Reader.Name;

    public bool LiveMode => Reader.LiveMode;

    public Task<PaymentReport> Push(PushRequest push, CancellationToken cancellation) => Call(
        Act.PushPhone, push.Reference, lost: Fault.PushLost, unheard: Fault.PushAnswerLost,
        () => phones.Take(push).Report(Proof.Queried), Unknown(push.Reference), cancellation,
        () => phones.Dialled.Add(push.Reference));

    public Task<PaymentReport> Query(StatusQuery query, CancellationToken cancellation) => Call(
        Act.AskAggregator, query.Reference, lost: world.IsLastToBeAsked(query.Reference) ? null : Fault.AskTimesOut,
        unheard: null,
        () => phones.Find(query.Reference) is not { } known ? Unknown(query.Reference)
            : !world.IsLastToBeAsked(query.Reference) && world.Weather.Strikes(Fault.AskLies)
                ? new PaymentReport(query.Reference, PaymentOutcome.Pending, Proof.Queried, ProviderReference: known.Id)
                : known.Report(Proof.Queried),
        Unknown(query.Reference), cancellation);

    public Task<RefundOutcome> Refund(RefundRequest refund, CancellationToken cancellation) => Call(
        Act.PayBack, refund.Reference, lost: Fault.RefundRefused, unheard: Fault.RefundAnswerLost,
        () =>
        {
            phones.PayBack(refund);
            return RefundOutcome.Paid;
        },
        silence: RefundOutcome.Unknown, cancellation);

    public bool IsItsToken(string token) => Reader.IsItsToken(token);

    public WebhookReading Read(Webhook webhook, DateTimeOffset now) => Reader.Read(webhook, now);

    public PaymentReport? Recall(ReadOnlySpan<byte> body) => Reader.Recall(body);

    public void Dispose() => nobody.Dispose();

    /// <param name="silence">What the caller makes of no answer.</param>
    /// <param name="leave">The call leaves the host, and may be lost from here on.</param>
    private async Task<T> Call<T>(
        Act act, string reference, Fault? lost, Fault? unheard, Func<T> ask, T silence, CancellationToken cancellation,
        Action? leave = null)
    {
        await host.Place.Delay(TimeSpan.FromMilliseconds(world.Dice.Below(800)));
        await host.Survive(new CrashPoint(act, Side.Before));
        leave?.Invoke();
        if (lost is { } loss && world.Weather.Strikes(loss)) return await Silence(silence, cancellation);
        var answer = ask();
        host.Say($"{act} {reference} -> {(answer as PaymentReport)?.Outcome.ToString() ?? "done"}");
        if (unheard is { } fault && world.Weather.Strikes(fault)) return await Silence(silence, cancellation);
        await host.Place.Delay(TimeSpan.FromMilliseconds(world.Dice.Below(800)));
        await host.Survive(new CrashPoint(act, Side.After));
        return answer;
    }

    /// <summary>The call waits until the product's own patience is over.</summary>
    private async Task<T> Silence<T>(T silence, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, host.Place.Clock, cancellation);
        }
        catch (OperationCanceledException)
        {
            // As the product's adapter does: no answer is an outcome.
        }

        return silence;
    }

    private static PaymentReport Unknown(string reference) => new(reference, PaymentOutcome.Unknown, Proof.Queried);
}
