using JikoXpress.Domain;
using JikoXpress.Domain.Ledger;

namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>The ledger and the conservation of money and of stock, for operators.</summary>
public interface IBooks
{
    /// <summary>
    /// The balance of every account now; debits are positive. Of all kitchens in one currency, and with the platform's
    /// own accounts where that is theirs.
    /// </summary>
    Task<IReadOnlyList<TrialBalanceRow>> TrialBalance(Currency currency);

    /// <summary>As the other, of one kitchen.</summary>
    Task<IReadOnlyList<TrialBalanceRow>> TrialBalance(Guid kitchenId);

    /// <summary>
    /// Runs every conservation query and returns what violates them; empty when nothing does.
    /// </summary>
    Task<IReadOnlyList<ConservationFinding>> Conservation();
}

/// <param name="Balance">Debits less credits.</param>
public sealed record TrialBalanceRow(
    Guid KitchenId, AccountKind Account, Guid Owner, PaymentMethod Method, Money Debits, Money Credits, Money Balance);

/// <param name="Law">The invariant that is violated, such as "a confirmed session has one order".</param>
public sealed record ConservationFinding(string Law, string Subject, string Detail);
