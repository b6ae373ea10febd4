using JikoXpress.Domain;
using JikoXpress.Domain.Ledger;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Simulation.PlantedBugs;

/// <summary>A rule forgets one of its effects, or has one too many.</summary>
internal static class EffectBugs
{
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        Dropping("plates not released", "Whoever ends a session forgets its plates.",
            (_, effect) => effect is Effect.ReleaseReserved),
        Dropping("effects dropped on expiry", "A session that expires only changes its status.",
            (commit, effect) => commit.Row?.Status == SessionStatus.Expired && effect is not Effect.Publish),
        Dropping("plates not sold", "A slip that is paid keeps its plates reserved.",
            (_, effect) => effect is Effect.SellReserved),
        Dropping("no order", "A confirmation that comes by phone has no order.",
            (commit, effect) => commit.ExpectedVersion > 0 && effect is Effect.PlaceOrder),
        Dropping("held money not released", "What waited for a session that ends stays held.",
            (_, effect) => effect is Effect.Transfer { Movement.Step: LedgerStep.Release }),
        Dropping("held money not settled", "Only the last leg of a split reaches the sales.",
            (_, effect) => effect is Effect.Transfer { Movement.Step: LedgerStep.Settle }),
        Dropping("late money kept", "Money in suspense is never sent back.",
            (_, effect) => effect is Effect.StartRefund),
        Dropping("late money not booked", "Money that no order can have is sent back without a posting.",
            (_, effect) => effect is Effect.Transfer { Movement.Step: LedgerStep.Park }),
        Dropping("refund forgotten when done", "A refund that was paid is to be tried again for ever.",
            (_, effect) => effect is Effect.CloseRefund),
        Dropping("nobody told", "A confirmation is not announced.",
            (commit, effect) => effect is Effect.Publish { Event: KitchenEvent.SessionConfirmed }),
        new("deadline not kept", "The column that the sweep looks at stays empty.",
            wiring => wiring.Commit = commit =>
                commit.Row is { } row ? commit with { Row = row with { Deadline = null } } : commit),
        new("announced twice", "A confirmation is announced by two rules.",
            wiring => wiring.Commit = commit => commit with
            {
                Effects =
                [
                    .. commit.Effects,
                    .. commit.Effects.Where(effect => effect is Effect.Publish
                    {
                        Event: KitchenEvent.SessionConfirmed,
                    }),
                ],
            }),
    ];

    private static PlantedBug Dropping(string name, string story, Func<GrainCommit, Effect, bool> isForgotten) =>
        PlantedBug.Changing(name, story, (commit, effect) => isForgotten(commit, effect) ? [] : [effect]);
}
