using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions.Orders;

namespace JikoXpress.Domain.Tests.Properties;

/// <summary>
/// Where effects go: the items, the money and the orders, as a store would keep them, with its guards.
/// </summary>
internal sealed class Books
{
    private static readonly AccountKind[] NeverNegative =
    [
        AccountKind.KitchenWallet, AccountKind.KitchenWalletHold, AccountKind.PlatformWallet,
        AccountKind.PlatformWalletHold,
    ];

    private readonly Dictionary<Account, long> balances = [];
    private readonly HashSet<(Guid, LedgerStep, int)> movements = [];

    public Dictionary<Guid, string> Items { get; } = [];
    public Dictionary<Guid, DateTimeOffset> ItemsExpireAt { get; } = [];
    public List<Order> Orders { get; } = [];
    public List<KitchenEvent> News { get; } = [];

    /// <summary>What an account holds: debits less credits.</summary>
    public long this[AccountKind kind, Guid owner] => balances.GetValueOrDefault(new Account(kind, owner));

    public long Sum(AccountKind kind) =>
        balances.Where(account => account.Key.Kind == kind).Sum(account => account.Value);

    public void TopUp(Account wallet, long amount) => balances[wallet] = -amount;

    /// <summary>Whether a store would take these: no wallet may fall below nothing.</summary>
    public bool Accept(IEnumerable<Effect> effects)
    {
        var after = new Dictionary<Account, long>(balances);
        foreach (var transfer in effects.OfType<Effect.Transfer>()) Post(after, transfer.Movement);
        return after.All(account => !NeverNegative.Contains(account.Key.Kind) || account.Value <= 0);
    }

    public void Apply(Effect effect)
    {
        switch (effect)
        {
            case Effect.ReserveStock reserve:
                Move(reserve.SessionId, from: null, "reserved");
                ItemsExpireAt[reserve.SessionId] = reserve.ExpiresAt;
                break;
            case Effect.ExtendReserved extend:
                Move(extend.SessionId, "reserved", "reserved");
                ItemsExpireAt[extend.SessionId] = extend.ExpiresAt;
                break;
            case Effect.SellStock sell: Move(sell.SessionId, from: null, "sold"); break;
            case Effect.SellReserved sell: Move(sell.SessionId, "reserved", "sold"); break;
            case Effect.ReleaseReserved release: Move(release.SessionId, "reserved", "released"); break;
            case Effect.PlaceOrder place: Orders.Add(place.Order); break;
            case Effect.Publish publish: News.Add(publish.Event); break;
            case Effect.Transfer(var movement):
                if (!movements.Add((movement.PaymentId, movement.Step, movement.Part))) Assert.Fail(
                    $"{movement} twice");
                Assert.True(movement.Amount > Money.Zero);
                Post(balances, movement);
                break;
            default: Assert.Fail($"A session has nothing to do with {effect}."); break;
        }
    }

    private static void Post(Dictionary<Account, long> balances, LedgerTransfer movement)
    {
        balances[movement.Debit] = balances.GetValueOrDefault(movement.Debit) + movement.Amount.Shillings;
        balances[movement.Credit] = balances.GetValueOrDefault(movement.Credit) - movement.Amount.Shillings;
    }

    private void Move(Guid session, string? from, string to)
    {
        var was = Items.GetValueOrDefault(session);
        if (was != from) Assert.Fail($"Plates that were {was ?? "free"} are {to}.");
        Items[session] = to;
    }
}
