using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Simulation.PlantedBugs;

/// <summary>A bill and what changes it come apart.</summary>
internal static class BillBugs
{
    private static readonly Money Shilling = new(1);

    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        new("bill's version unchecked", "Whoever pays a bill, or puts a round onto it, writes over whatever is there.",
            wiring => wiring.Database = rows => rows.Drop(Testing.Memory.Guard.Bill)),
        PlantedBug.Changing<Effect.KeepBill>(
            "merge forgets a round", "Of the bill that is merged into another the last dish is left behind.",
            keep => keep.Bill.Timeline[^1].What is BillTimelineEntryKind.MergedIn
                ? keep with { Bill = keep.Bill with { Lines = [.. keep.Bill.Lines.Take(keep.Bill.Lines.Count - 1)] } }
                : keep),
        PlantedBug.Changing<Effect.KeepBill>(
            "split loses a shilling", "The shares of a bill are rounded down, all of them.",
            keep => keep is { ExpectedVersion: 0, Bill.Shares: [var share] }
                ? keep with { Bill = keep.Bill with { Shares = [share with { Amount = share.Amount - Shilling }] } }
                : keep),
        new("bill not told", "A payment that comes to nothing leaves the bill waiting for it.",
            wiring => wiring.Commit = commit => commit.Row?.Status is SessionStatus.Expired
                ? commit with { Effects = commit.Effects.Where(effect => effect is not Effect.KeepBill).ToSequence() }
                : commit),
        new("bill told afterwards", "What takes money for a bill tells it in a commit of its own.",
            wiring => wiring.Commits = (commits, _) => new TellingAfterwards(commits)),
        PlantedBug.Changing("void not told", "A dish is taken off the bill, and the kitchen cooks it.",
            (commit, effect) => commit.Kind is GrainKind.Bill && effect is Effect.KeepSession { ExpectedVersion: > 0 }
                ? []
                : [effect]),
        PlantedBug.Changing("voided plates stay sold", "What nobody has begun does not come back to stock.",
            (commit, effect) => commit.Kind is GrainKind.Bill && effect is Effect.ReturnStock ? [] : [effect]),
        PlantedBug.Changing<Effect.PlaceOrder>(
            "round paid when it is served", "The order of a round is born as one that is paid.",
            place => new Effect.PlaceOrder(place.Order with { PaymentState = OrderPaymentState.Paid })),
    ];

    private sealed class TellingAfterwards(ICommits commits) : ICommits
    {
        public async Task<CommitAnswer> Commit(GrainCommit commit)
        {
            if (commit is not { Kind: GrainKind.Session, ExpectedVersion: > 0 }) return await commits.Commit(commit);
            var told = commit.Effects.Where(effect => effect is Effect.KeepBill).ToSequence();
            var own = commit.Effects.Where(effect => effect is not Effect.KeepBill).ToSequence();
            var answer = await commits.Commit(commit with { Effects = own });
            if (answer is CommitAnswer.Committed && told.Count > 0)
            {
                await commits.Commit(new GrainCommit(
                    GrainKind.None, commit.Key, commit.KitchenId, 0, "{}", Row: null, told, Operation: null,
                    commit.At));
            }

            return answer;
        }
    }
}
