using JikoXpress.Domain;
using JikoXpress.Domain.Ledger;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Commits;
using JikoXpress.Simulation.Faults;
using JikoXpress.Simulation.World;
using Npgsql;

namespace JikoXpress.Simulation.Store;

/// <summary>
/// Connections on which a host's writers commit to the rows in memory, with what happens to commits on a wire: the
/// answer is lost before or after the commit, the server commits after everybody has given up, or it refuses the batch.
/// </summary>
internal sealed class MemoryCalls(Host host, Universe world) : ICommitCalls
{
    public async Task<ICommitCall> Prepare()
    {
        await host.Store.Latency();
        if (world.Weather.Strikes(Fault.Unreachable)) throw new NpgsqlException("The database cannot be reached.");
        return new MemoryCall(host, world);
    }
}

internal sealed class MemoryCall(Host host, Universe world) : ICommitCall
{
    private static readonly TimeSpan LongestBelated = TimeSpan.FromSeconds(3);

    public bool IsUsable { get; private set; } = true;

    public async Task<CommitAnswer[]> Execute(IReadOnlyList<GrainCommit> batch)
    {
        var acts = batch.Select(ActOf).Distinct().ToList();
        await host.Store.Latency();
        foreach (var act in acts) await host.Survive(new CrashPoint(act, Side.Before));
        Refuse();
        if (world.Weather.Strikes(Fault.CommitLostBefore)) throw Broken(Fault.CommitLostBefore, batch);
        if (world.Weather.Strikes(Fault.CommitLate))
        {
            CommitLater(batch);
            throw Broken(Fault.CommitLate, batch);
        }

        var answers = Commit(batch);
        if (world.Weather.Strikes(Fault.CommitLostAfter)) throw Broken(Fault.CommitLostAfter, batch);
        await host.Store.Latency();
        foreach (var act in acts) await host.Survive(new CrashPoint(act, Side.After));
        return answers;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private CommitAnswer[] Commit(IReadOnlyList<GrainCommit> batch)
    {
        try
        {
            var answers = world.Database.Call([.. batch.Select(world.Wiring.Commit)]);
            foreach (var (commit, answer) in batch.Zip(answers)) Note(commit, answer, batch.Count);
            return answers;
        }
        catch (PostgresException failure)
        {
            if (batch is [var only] && CommitAnswers.Of(failure) is { } answer) Note(only, answer, batch.Count);
            else host.Say($"{failure.ConstraintName} fails a batch of {batch.Count}");
            throw;
        }
    }

    private void Note(GrainCommit commit, CommitAnswer answer, int inBatch)
    {
        world.Wiring.Answered(world.Database, commit, answer);
        world.Census.Count(answer, inBatch);
        NoteAsking(commit, answer);
        host.Say($"{ActOf(commit)} {world.Name(commit.Key)} v{commit.ExpectedVersion + 1} "
            + $"{commit.Row?.Status} -> {answer.GetType().Name}");
    }

    /// <summary>A phone is asked for a page that no customer is at.</summary>
    private void NoteAsking(GrainCommit commit, CommitAnswer answer)
    {
        if (answer is CommitAnswer.Committed && commit is { Row.Channel: Channel.Hosted, Operation: { } operation }
            && commit.Effects.Any(effect => effect is Effect.StartAttempt)
            && !world.Wishes.PaidByHand.Contains(operation.Id))
            world.Wishes.Asks[commit.Key] = world.Wishes.Asks.GetValueOrDefault(commit.Key) + 1;
    }

    /// <summary>The server was still working on it when the connection broke.</summary>
    private void CommitLater(IReadOnlyList<GrainCommit> batch) => world.Server.Do(async () =>
    {
        await world.Server.Delay(world.Dice.Between(TimeSpan.Zero, LongestBelated));
        try
        {
            Commit(batch);
        }
        catch (PostgresException)
        {
            // Nobody is there to hear that the server refused it.
        }
    });

    private void Refuse()
    {
        if (!world.Weather.Strikes(Fault.BatchRefused)) return;
        var state = world.Dice.Pick(
            PostgresErrorCodes.DeadlockDetected, PostgresErrorCodes.LockNotAvailable, PostgresErrorCodes.QueryCanceled,
            PostgresErrorCodes.TooManyConnections);
        throw new PostgresException("The server refused the batch.", "ERROR", "ERROR", state);
    }

    private NpgsqlException Broken(Fault fault, IReadOnlyList<GrainCommit> batch)
    {
        IsUsable = false;
        world.Census.Count(fault);
        host.Say($"{fault} {string.Join(' ', batch.Select(commit => world.Name(commit.Key)))}");
        return new NpgsqlException("The connection broke.", new IOException("It was cut."));
    }

    /// <summary>Null for what other sessions have as well. Only rounds make operations of version 8.</summary>
    private static Act? ActOfHosted(GrainCommit commit)
    {
        foreach (var effect in commit.Effects)
        {
            switch (effect)
            {
                case Effect.WakeSubscription: return Act.CommitPeriodOver;
                case Effect.Publish { Event: KitchenEvent.SubscriptionDue }: return Act.CommitPeriod;
                case Effect.CountLinkSession: return Act.CommitLinkPlace;
                case Effect.StartAttempt when commit.Operation?.Id.Version is 8: return Act.CommitPeriodAsk;
            }
        }

        return null;
    }

    private static Act ActOf(GrainCommit commit) => commit switch
    {
        { Row.Channel: Channel.Hosted } when ActOfHosted(commit) is { } act => act,
        { Kind: GrainKind.Cart, Effects: var effects } =>
            effects.Any(effect => effect is Effect.KeepSession) ? Act.CommitCheckout : Act.CommitCart,
        { Kind: GrainKind.Session, Effects: var effects }
            when effects.Any(effect => effect is Effect.KeepSession) => Act.CommitGroup,
        { Kind: GrainKind.Bill } => Act.CommitBill,
        { Kind: GrainKind.Session, Effects: var effects }
            when effects.Any(effect => effect is Effect.KeepBill) =>
            commit.ExpectedVersion == 0 ? Act.CommitRound : Act.CommitBillPayment,
        { Kind: GrainKind.Session, ExpectedVersion: 0 } => Act.CommitOpening,
        { Kind: GrainKind.Session, Effects: var effects }
            when effects.Any(effect => effect is Effect.PlaceOrder) => Act.CommitConfirmation,
        { Kind: GrainKind.Session, Effects: var effects }
            when effects.Any(effect => effect is Effect.ReleaseReserved) => Act.CommitEnding,
        { Kind: GrainKind.Session, Effects: var effects }
            when effects.Any(effect => effect is Effect.MoveOrder) => Act.CommitOrder,
        { Kind: GrainKind.Session, Effects: var effects }
            when effects.Any(effect => effect is Effect.Transfer { Movement.Step: LedgerStep.Reverse }) =>
            Act.CommitRefund,
        { Kind: GrainKind.Session } => Act.CommitChange,
        _ => Act.CommitStock,
    };
}
