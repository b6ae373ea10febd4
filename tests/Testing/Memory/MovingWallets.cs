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
    private readonly Dictionary<Guid, (long Available, long Held)> served = [];

    public bool Fit => !database.Keeps(Guard.Wallet) || changes
        .GroupBy(change => change.Owner)
        .All(wanted => database.WalletRows.TryGetValue(wanted.Key, out var wallet)
            && wallet.Available + wanted.Sum(change => change.Available) >= 0
            && wallet.Held + wanted.Sum(change => change.Held) >= 0);

    /// <summary>A wallet begins with its first credit.</summary>
    public void Want(int item, GrainCommit commit)
    {
        foreach (var effect in commit.Effects.OfType<Effect.Transfer>())
        {
            var transfer = effect.Movement;
            Want(item, transfer.Debit, transfer.KitchenId, -transfer.Amount.Shillings);
            Want(item, transfer.Credit, transfer.KitchenId, transfer.Amount.Shillings);
        }

        foreach (var change in changes.Where(change => change.Item == item && change.Available > 0))
        {
            database.WalletRows.TryAdd(
                change.Owner, new WalletInRows(change.Owner, change.KitchenId, Available: 0, Held: 0));
        }
    }

    public CommitAnswer.InsufficientFunds? ShortFor(int item)
    {
        if (!database.Keeps(Guard.Wallet)) return null;
        foreach (var need in NeedsOf(item))
        {
            var (available, held) = Left(need.Owner);
            if (need.Available < 0 && -need.Available > available)
                return new CommitAnswer.InsufficientFunds(need.Owner, new Money(available));
            if (need.Held < 0 && -need.Held > held)
                return new CommitAnswer.InsufficientFunds(need.Owner, new Money(held));
        }

        return null;
    }

    public void Serve(int item)
    {
        foreach (var need in NeedsOf(item).ToList())
        {
            var (available, held) = served.GetValueOrDefault(need.Owner);
            served[need.Owner] = (available + need.Available, held + need.Held);
        }
    }

    public void Apply(IReadOnlySet<int> winners)
    {
        foreach (var change in changes.Where(change => winners.Contains(change.Item)))
        {
            if (!database.WalletRows.TryGetValue(change.Owner, out var wallet)) continue;
            database.WalletRows[change.Owner] = wallet with
            {
                Available = wallet.Available + change.Available,
                Held = wallet.Held + change.Held,
            };
        }
    }

    private (long Available, long Held) Left(Guid owner)
    {
        var wallet = database.WalletRows.GetValueOrDefault(owner);
        var (available, held) = served.GetValueOrDefault(owner);
        return ((wallet?.Available ?? 0) + available, (wallet?.Held ?? 0) + held);
    }

    private IEnumerable<(Guid Owner, long Available, long Held)> NeedsOf(int item) => changes
        .Where(change => change.Item == item)
        .GroupBy(change => change.Owner)
        .Select(wanted => (
            wanted.Key, wanted.Sum(change => change.Available), wanted.Sum(change => change.Held)));

    private void Want(int item, Account account, Guid kitchen, long change)
    {
        switch (account.Kind)
        {
            case AccountKind.KitchenWallet: changes.Add(new Change(item, account.Owner, kitchen, change, 0)); break;
            case AccountKind.KitchenWalletHold: changes.Add(new Change(item, account.Owner, kitchen, 0, change)); break;
            case AccountKind.PlatformWallet: changes.Add(new Change(item, account.Owner, null, change, 0)); break;
            case AccountKind.PlatformWalletHold: changes.Add(new Change(item, account.Owner, null, 0, change)); break;
        }
    }

    private sealed record Change(int Item, Guid Owner, Guid? KitchenId, long Available, long Held);
}
