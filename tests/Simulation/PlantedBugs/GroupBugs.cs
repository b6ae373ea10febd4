using JikoXpress.Domain;
using JikoXpress.Domain.Carts;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Simulation.PlantedBugs;

/// <summary>A group is not one commit, or not one payment; a cart is forgotten, or forgets.</summary>
internal static class GroupBugs
{
    private static readonly CartLine Bought = new(Guid.Empty, Guid.Empty, 1);

    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        new("one kitchen at a time", "Whoever leads a group is confirmed first, and the others are told one by one.",
            wiring => wiring.Commits = (commits, _) => new OneKitchenAtATime(commits)),
        PlantedBug.Changing<Effect.KeepCart>(
            "cart not emptied", "What was bought stays in the cart.",
            cart => cart with { Cart = cart.Cart with { Lines = cart.Cart.Lines.With(Bought) } },
            commit => commit.Row?.Status is SessionStatus.Confirmed),
        PlantedBug.Changing<Effect.KeepCart>(
            "cart emptied for nothing", "A checkout that came to nothing empties the cart.",
            cart => cart with { Cart = Cart.Initial },
            commit => commit.Row?.Status is SessionStatus.Expired or SessionStatus.Failed or SessionStatus.Cancelled),
        new("cart waits for ever", "A checkout that came to nothing does not tell its cart.",
            wiring => wiring.Commit = commit => commit.Row?.Status is SessionStatus.Expired
                ? commit with { Effects = commit.Effects.Where(effect => effect is not Effect.KeepCart).ToSequence() }
                : commit),
        new("cart's version unchecked", "A cart is written over whatever is there.",
            wiring => wiring.Database = rows => rows.Drop(Testing.Memory.Guard.Cart)),
        PlantedBug.Changing<Effect.StartRefund>(
            "share refunded under its own name", "The aggregator is told of a payment that it does not know.",
            start => start with { Attempt = start.Attempt with { PaidAs = null } }),
        PlantedBug.Changing<Effect.StartRefund>(
            "whole payment refunded for a share", "A kitchen that gives back its share gives back all.",
            start => start.Attempt.PaidAs is null
                ? start
                : start with { Refund = start.Refund with { Amount = start.Refund.Amount * 2 } }),
    ];

    private sealed class OneKitchenAtATime(ICommits commits) : ICommits
    {
        public async Task<CommitAnswer> Commit(GrainCommit commit)
        {
            if (commit.Kind is not GrainKind.Session) return await commits.Commit(commit);
            var parts = new List<List<Effect>> { new() };
            foreach (var effect in commit.Effects)
            {
                if (effect is Effect.KeepSession) parts.Add([]);
                parts[^1].Add(effect);
            }

            var answer = await commits.Commit(commit with { Effects = parts[0].ToSequence() });
            foreach (var follower in parts.Skip(1))
            {
                var id = follower.OfType<Effect.KeepSession>().Single().Session.Id;
                await commits.Commit(new GrainCommit(
                    GrainKind.None, id, commit.KitchenId, 0, "{}", Row: null, follower.ToSequence(), Operation: null,
                    commit.At));
            }

            return answer;
        }
    }
}
