using JikoXpress.Domain;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Merchants;
using JikoXpress.Grains.Ports;
using JikoXpress.Testing.Memory;

namespace JikoXpress.Simulation.PlantedBugs;

/// <summary>Places of links are given out too often or not again; the platform takes too much or too little.</summary>
internal static class LinkBugs
{
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        new("link's places unguarded", "Who read that a place was left takes it, whoever was faster.",
            wiring => wiring.Database = rows => rows.Drop(Guard.LinkPlaces)),
        new("link's switch unguarded", "Who read that a link was on opens a session, though it is off.",
            wiring => wiring.Database = rows => rows.Drop(Guard.LinkClosed)),
        new("link counts an open session twice", "A place is taken by the opening, and by the row of the session.",
            wiring => wiring.Answered = (rows, commit, answer) =>
            {
                if (answer is not CommitAnswer.Committed) return;
                foreach (var count in commit.Effects.OfType<Effect.CountLinkSession>()
                    .Where(count => count.State is LinkSessionState.Open))
                    rows.TakeOneMore(count.LinkId);
            }),
        PlantedBug.Changing("link's place not given back", "A session that nobody paid keeps its place.",
            (_, effect) => effect is Effect.CountLinkSession { State: LinkSessionState.Ended } ? [] : [effect]),
        PlantedBug.Changing("commission kept on what went back", "A refund does not look at the commission.",
            (_, effect) => effect is Effect.Transfer { Movement: { Step: LedgerStep.Commission, Part: > 1 } }
                ? []
                : [effect]),
        PlantedBug.Changing("commission earned and not paid", "Only the platform's side is booked.",
            (_, effect) => effect is Effect.Transfer { Movement: { Step: LedgerStep.Commission, Part: 0 } }
                ? []
                : [effect]),
    ];

    extension(MemoryDatabase rows)
    {
        private void TakeOneMore(Guid link) => rows.Write(() =>
        {
            rows.TakePlace(link);
            return true;
        });
    }
}
