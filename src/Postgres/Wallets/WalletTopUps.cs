using JikoXpress.Domain;
using JikoXpress.Domain.Ledger;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;

namespace JikoXpress.Postgres.Wallets;

/// <summary>
/// Posts top-ups: ledger, balance and stored answer in one commit, once for each operation.
/// </summary>
internal sealed class WalletTopUps(ICommits commits, JikoDatabase database)
{
    public async Task<Reply<WalletTopUp>> Post(WalletTopUp topUp, LedgerTransfer movement, Operation? operation)
    {
        var commit = new GrainCommit(
            GrainKind.None, topUp.Id, movement.KitchenId, ExpectedVersion: 0, KeptAnswers.Write(topUp), Row: null,
            [new Effect.Transfer(movement)], operation, topUp.At);
        try
        {
            if (await commits.Commit(commit) is CommitAnswer.Committed) return topUp;
        }
        catch (CommitUnknownException) when (operation is null)
        {
            // Without an operation the caller cannot retry safely, so this looks in the ledger.
            if (await IsPosted(topUp.Id)) return topUp;
            throw;
        }

        // A credit is never refused, so the operation was done before.
        await using var connection = await database.Source.OpenConnectionAsync();
        return await KeptAnswers.Replay<WalletTopUp>(
            connection, operation ?? throw new InvalidOperationException("A top-up without an operation was refused."));
    }

    private async Task<bool> IsPosted(Guid topUpId) => await database.Source.Row(
        "SELECT leg_id FROM jiko.ledger_transfer WHERE leg_id = $1", row => row.GetGuid(0).ToString(), Sql.Of(topUpId))
        is not null;
}
