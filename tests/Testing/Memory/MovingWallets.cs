using JikoXpress.Domain;
using JikoXpress.Domain.Ledger;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Testing.Memory;

/// <summary>
/// What the transfers of a batch change on wallets. They are liabilities: a debit lowers and a credit raises them.
/// </summary>
internal sealed class MovingWallets(MemoryDatabase database)
{
    private readonly List<Change> changes = [];

    /// <summary>What the only commit of a call lacks: the first wallet, and what of it.</summary>
    public CommitAnswer.InsufficientFunds? Empty
    {
        get
        {
            if (!database.Keeps(Guard.Wallet)) return null;
            foreach (var (owner, available, held) in Sums)
            {
                var wallet = database.WalletRows.GetValueOrDefault(owner);
                if (-available > (wallet?.Available ?? 0))
                    return new CommitAnswer.InsufficientFunds(owner, new Money(wallet?.Available ?? 0));
                if (-held > (wallet?.Held ?? 0))
                    return new CommitAnswer.InsufficientFunds(owner, new Money(wallet?.Held ?? 0));
            }

            return null;
        }
    }

    public void Want(GrainCommit commit)
    {
        foreach (var effect in commit.Effects.OfType<Effect.Transfer>())
        {
            var transfer = effect.Movement;
            Want(transfer.Debit, transfer.KitchenId, -transfer.Amount.Shillings);
            Want(transfer.Credit, transfer.KitchenId, transfer.Amount.Shillings);
        }
    }

    /// <exception cref="Npgsql.PostgresException">One of them has not enough, or has nothing yet.</exception>
    public void Check()
    {
        if (!database.Keeps(Guard.Wallet)) return;
        foreach (var (owner, available, held) in Sums)
        {
            var wallet = database.WalletRows.GetValueOrDefault(owner);
            if ((wallet?.Available ?? 0) + available < 0) throw Constraints.Broken("wallet", "wallet_available_check");
            if ((wallet?.Held ?? 0) + held < 0) throw Constraints.Broken("wallet", "wallet_held_check");
            if (wallet is null && !Begins(owner)) throw Constraints.Broken("wallet", constraint: null);
        }
    }

    public void Apply()
    {
        foreach (var change in changes)
        {
            if (Begins(change.Owner))
                database.WalletRows.TryAdd(change.Owner, new WalletInRows(change.Owner, change.KitchenId, 0, 0));
            if (!database.WalletRows.TryGetValue(change.Owner, out var wallet)) continue;
            database.WalletRows[change.Owner] = wallet with
            {
                Available = wallet.Available + change.Available,
                Held = wallet.Held + change.Held,
            };
        }
    }

    private IEnumerable<(Guid Owner, long Available, long Held)> Sums => changes
        .GroupBy(change => change.Owner)
        .OrderBy(wanted => wanted.Key)
        .Select(wanted => (wanted.Key, wanted.Sum(change => change.Available), wanted.Sum(change => change.Held)));

    /// <summary>A wallet begins with its first credit.</summary>
    private bool Begins(Guid owner) => changes.Exists(change => change.Owner == owner && change.Available > 0);

    private void Want(Account account, Guid kitchen, long change)
    {
        switch (account.Kind)
        {
            case AccountKind.KitchenWallet: changes.Add(new Change(account.Owner, kitchen, change, 0)); break;
            case AccountKind.KitchenWalletHold: changes.Add(new Change(account.Owner, kitchen, 0, change)); break;
            case AccountKind.PlatformWallet: changes.Add(new Change(account.Owner, null, change, 0)); break;
            case AccountKind.PlatformWalletHold: changes.Add(new Change(account.Owner, null, 0, change)); break;
        }
    }

    private sealed record Change(Guid Owner, Guid? KitchenId, long Available, long Held);
}
