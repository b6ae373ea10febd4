using JikoXpress.Domain;
using JikoXpress.Domain.Ledger;

namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>The ledger and the conservation of money and of stock, for operators.</summary>
public interface IBooks
{
    /// <summary>
    /// The balance of every account, as of now; debits are positive. A kitchen's own, or everybody's.
    /// </summary>
    Task<IReadOnlyList<TrialBalanceRow>> TrialBalance(Guid? kitchenId);

    /// <summary>
    /// Runs every conservation query; each names what it found wrong, and finds nothing when all is well.
    /// </summary>
    Task<IReadOnlyList<ConservationFinding>> Conservation();
}

/// <param name="Balance">Debits less credits.</param>
public sealed record TrialBalanceRow(
    Guid KitchenId, AccountKind Account, Guid Owner, PaymentMethod Method, Money Debits, Money Credits, Money Balance);

/// <param name="Law">The name of the law that does not hold, such as "a confirmed session has one order".</param>
public sealed record ConservationFinding(string Law, string Subject, string Detail);
