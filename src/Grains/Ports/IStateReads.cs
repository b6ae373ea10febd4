using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Grains.Ports;

/// <param name="State">JSON, as it was committed.</param>
public sealed record StoredState(string State, long Version)
{
    public StateSince Since(long known) => new(Version == known ? null : State, Version);
}

/// <param name="State">Null where the version is the one that was known.</param>
public sealed record StateSince(string? State, long Version);

/// <param name="Fingerprint">The fingerprint of the request that it answered.</param>
public sealed record StoredAnswer(string State, long Version, Guid Fingerprint);

/// <summary>Reads what grains committed.</summary>
public interface IStateReads
{
    Task<StoredState?> Load(GrainKind kind, Guid key);

    /// <summary>
    /// Whether a state is still the one that is known. It mostly is: ten thousand waiting kiosks ask, and their
    /// sessions need not be sent and parsed again.
    /// </summary>
    async Task<StateSince?> LoadSince(GrainKind kind, Guid key, long known) =>
        (await Load(kind, key))?.Since(known);

    /// <summary>The state that answered an operation when it was done.</summary>
    Task<StoredAnswer?> Answered(Guid operationId);
}

/// <summary>Reads a kitchen's stock for its inventory grain.</summary>
public interface IStockReads
{
    /// <summary>
    /// The rows of one moment: levels, reservations not yet settled, the last number given on the business day, and
    /// which of the sessions named have committed their items already.
    /// </summary>
    Task<StockRows> Load(Guid kitchenId, DateOnly businessDate, IReadOnlyCollection<Guid> sessions);
}

public sealed record StockRows(
    Sequence<StockLevel> Levels, Sequence<Reservation> Reservations, int LastNumber, IReadOnlySet<Guid> Committed);

/// <summary>The kitchens and their menus, from a cache while its entry is fresh.</summary>
public interface ICatalogue
{
    /// <summary>The kitchen with its menu and payment methods; null when there is none.</summary>
    ValueTask<KitchenCatalogue?> Kitchen(Guid kitchenId);

    /// <summary>The kitchen that has such an item on its menu; null when none has.</summary>
    ValueTask<Guid?> KitchenOf(Guid menuId);
}

/// <param name="PaymentAccounts">
/// The names of the kitchen's own accounts at aggregators that take new payments, in the order of preference; empty
/// when all are switched off; null when it has none of its own, and those of the installation are used.
/// </param>
public sealed record KitchenCatalogue(
    Kitchen Kitchen,
    IReadOnlyDictionary<Guid, MenuItem> Menu,
    IReadOnlyDictionary<Guid, KitchenPaymentMethod> PaymentMethods,
    Sequence<string>? PaymentAccounts = null);

public interface IWalletReads
{
    /// <summary>
    /// The balance that each of these customers can spend; customers that the kitchen does not know are left out.
    /// </summary>
    Task<IReadOnlyDictionary<Guid, Money>> KitchenWallets(Guid kitchenId, IReadOnlyCollection<Guid> customers);

    /// <summary>The authorizations behind codes of app users; codes that are not valid now are left out.</summary>
    /// <param name="liveMode">Test money pays for test sessions only.</param>
    Task<IReadOnlyDictionary<string, WalletAuthorization>> Authorizations(
        IReadOnlyCollection<string> codes, bool liveMode);

    /// <summary>The kitchen's customer with this phone; null when there is none.</summary>
    Task<Guid?> CustomerOf(Guid kitchenId, string phone);
}

/// <summary>Reads which shift answers for a payment.</summary>
public interface IPaymentShifts
{
    /// <param name="tillId">The till that took the payment.</param>
    Task<PaymentShift> ShiftOf(Guid kitchenId, Guid tillId, Guid paymentId);
}

/// <summary>Finds sessions by their deadlines.</summary>
public interface IDeadlines
{
    /// <summary>Sessions of any kitchen whose deadline has come.</summary>
    Task<IReadOnlyList<Guid>> Due(DateTimeOffset now, int limit);

    /// <summary>Sessions of a kitchen whose deadline has come, the oldest first.</summary>
    Task<IReadOnlyList<Guid>> Due(Guid kitchenId, DateTimeOffset now, int limit);

    /// <summary>All deadlines of a kitchen's sessions, past ones too.</summary>
    Task<IReadOnlyList<DateTimeOffset>> Upcoming(Guid kitchenId);
}
