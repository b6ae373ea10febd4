using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;
using JikoXpress.Domain.Ledger;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Testing.Memory;

/// <summary>Changes that no commit could make, for tests that see whether somebody notices.</summary>
public static class Sabotage
{
    extension(MemoryDatabase database)
    {
        /// <summary>Keeps an answer beside the commit that it belongs to.</summary>
        public bool KeepAnswer(Operation operation, GrainCommit commit) => database.OperationRows.TryAdd(
            operation.Id,
            new OperationInRows(
                operation.Id, operation.Fingerprint, commit.Kind, commit.Key, commit.ExpectedVersion + 1,
                commit.State));

        /// <summary>Posts a transfer outside of its commit.</summary>
        public void PostAgain(GrainCommit commit, LedgerTransfer transfer) => database.PostingRows.Add(
            new PostingInRows(transfer, commit.Kind == GrainKind.Session ? commit.Key : null, null, commit.At));

        /// <summary>Counts an open session of a link once more.</summary>
        public void TakePlace(Guid link)
        {
            if (!database.LinkRows.TryGetValue(link, out var known)) return;
            database.LinkRows[link] = known with { Use = known.Use with { Open = known.Use.Open + 1 } };
        }

        public void ChangeLevel(Shelf shelf, Func<StockLevel, StockLevel> change)
        {
            if (database.StockRows.TryGetValue(shelf, out var level)) database.StockRows[shelf] = change(level);
        }
    }
}
