using JikoXpress.Domain;
using JikoXpress.Grains.Ports;
using JikoXpress.Testing.Memory;

namespace JikoXpress.Simulation.PlantedBugs;

/// <summary>The last line does not hold: the database keeps one of its promises no more.</summary>
internal static class DatabaseBugs
{
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        new("version unchecked", "Commits write over whatever is there.",
            wiring => wiring.Database = rows => rows.Drop(Guard.Version)),
        new("number unchecked", "Two sessions of a day may have one number.",
            wiring => wiring.Database = rows => rows.Drop(Guard.Number)),
        new("stock unguarded", "Plates are sold without a look at what is there.",
            wiring => wiring.Database = rows => rows.Drop(Guard.Stock)),
        new("wallet unguarded", "A wallet may be spent twice at once.",
            wiring => wiring.Database = rows => rows.Drop(Guard.Wallet)),
        new("code spent twice", "An app user's code pays as often as it is shown.",
            wiring => wiring.Database = rows => rows.Drop(Guard.OneUse)),
        new("phone rung for two", "A phone is rung for a payment while it rings for another.",
            wiring => wiring.Database = rows => rows.Drop(Guard.OnePrompt)),
        new("answer without its commit", "Answers are kept in a transaction of their own.",
            wiring => wiring.Answered = (rows, commit, answer) =>
            {
                if (answer is not CommitAnswer.Committed && commit.Operation is { } operation)
                    rows.Answer(operation, commit);
            }),
        new("losers leave postings", "The money of a commit that was refused is posted all the same.",
            wiring => wiring.Answered = (rows, commit, answer) =>
            {
                if (answer is not CommitAnswer.Committed) rows.PostAlone(commit);
            }),
        new("released twice", "The plates of a session that ends are given back once more.",
            wiring => wiring.Answered = (rows, commit, answer) =>
            {
                if (answer is CommitAnswer.Committed && commit.Effects.Any(effect => effect is Effect.ReleaseReserved))
                    rows.ReleaseAgain(commit.Key);
            }),
    ];

    extension(MemoryDatabase rows)
    {
        private void Answer(Operation operation, GrainCommit commit) => rows.Write(() =>
            rows.KeepAnswer(operation, commit));

        private void PostAlone(GrainCommit commit) => rows.Write(() =>
        {
            foreach (var posting in commit.Effects.OfType<Effect.Transfer>()) rows.PostAgain(commit, posting.Movement);
            return true;
        });

        private void ReleaseAgain(Guid session) => rows.Write(() =>
        {
            foreach (var items in rows.Items.Where(items => items.SessionId == session).ToList())
            {
                rows.ChangeLevel(
                    new Shelf(items.KitchenId, items.MenuId),
                    level => level with { Reserved = level.Reserved - items.Quantity });
            }

            return true;
        });
    }
}
