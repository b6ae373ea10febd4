using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Testing.Memory;

/// <summary>What hosts ask of the rows: each answer is of one moment.</summary>
public static class MemoryReads
{
    extension(MemoryDatabase database)
    {
        public StoredState? State(GrainKind kind, Guid key) => database.Read(() => kind switch
        {
            GrainKind.Session => database.Session(key) is { } row ? new StoredState(row.State, row.Version) : null,
            GrainKind.Inventory => database.InventoryRows.GetValueOrDefault(key),
            GrainKind.Bill => database.BillRows.GetValueOrDefault(key) is { } row
                ? new StoredState(row.State, row.Version)
                : null,
            GrainKind.Cart => database.CartRows.GetValueOrDefault(key) is { } row
                ? new StoredState(row.State, row.Version)
                : null,
            GrainKind.None => null,
        });

        public StoredAnswer? Answered(Guid operationId) => database.Read(() =>
            database.Operation(operationId) is { } kept
                ? new StoredAnswer(kept.State, kept.Version, kept.Fingerprint)
                : null);

        /// <summary>A till without shifts: what its drawer holds by the books.</summary>
        public PaymentShift ShiftOf(Guid tillId) => database.Read(() => new PaymentShift(
            ShiftId: null, IsClosed: false,
            database.PostingRows.Sum(posting => (posting.Transfer.Debit, posting.Transfer.Credit) switch
            {
                ({ Kind: AccountKind.Drawer } debit, _) when debit.Owner == tillId => posting.Transfer.Amount,
                (_, { Kind: AccountKind.Drawer } credit) when credit.Owner == tillId =>
                    Money.Zero - posting.Transfer.Amount,
                _ => Money.Zero,
            })));

        public StockRows Items(Guid kitchenId, DateOnly day, IReadOnlyCollection<Guid> sessions) => database.Read(() =>
            new StockRows(
                database.StockRows.Where(row => row.Key.KitchenId == kitchenId).Select(row => row.Value).ToSequence(),
                database.ItemsRows.Values
                    .Where(row => row.KitchenId == kitchenId && row.State == ItemsState.Reserved)
                    .GroupBy(row => row.SessionId)
                    .Select(rows => new Reservation(
                        rows.Key, rows.Select(row => new StockLine(row.MenuId, row.Quantity)).ToSequence(),
                        rows.Max(row => row.ExpiresAt ?? DateTimeOffset.MinValue)))
                    .ToSequence(),
                database.Sessions
                    .Where(session => session.KitchenId == kitchenId && session.Row.BusinessDate == day)
                    .Select(session => session.Row.Number)
                    .DefaultIfEmpty()
                    .Max(),
                sessions.Where(database.SessionRows.ContainsKey).ToHashSet()));

        public IReadOnlyDictionary<Guid, Money> KitchenWallets(Guid kitchenId, IReadOnlyCollection<Guid> customers) =>
            database.Read(() => customers
                .Where(customer => database.WalletRows.GetValueOrDefault(customer)?.KitchenId == kitchenId)
                .ToDictionary(
                    customer => customer, customer => new Money(database.WalletRows[customer].Available)));

        /// <summary>The sessions whose deadline has come.</summary>
        public IReadOnlyList<Guid> Due(DateTimeOffset now, int limit) => database.Read(() => database.Sessions
            .Where(session => session.Row.Deadline <= now)
            .OrderBy(session => session.Row.Deadline)
            .Take(limit)
            .Select(session => session.Id)
            .ToList());

        /// <summary>A kitchen's sessions whose deadline has come.</summary>
        public IReadOnlyList<Guid> Due(Guid kitchenId, DateTimeOffset now, int limit) => database.Read(() =>
            database.Sessions
                .Where(session => session.KitchenId == kitchenId && session.Row.Deadline <= now)
                .OrderBy(session => session.Row.Deadline)
                .Take(limit)
                .Select(session => session.Id)
                .ToList());

        public IReadOnlyList<DateTimeOffset> Upcoming(Guid kitchenId) => database.Read(() => database.Sessions
            .Where(session => session.KitchenId == kitchenId)
            .Select(session => session.Row.Deadline)
            .OfType<DateTimeOffset>()
            .ToList());
    }
}
