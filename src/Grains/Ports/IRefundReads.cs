using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Grains.Ports;

/// <summary>What a decision about a refused refund has to know from the rows.</summary>
public interface IRefundReads
{
    /// <summary>
    /// True when the aggregator's answer to the last try was a certain no, and no other try has begun since.
    /// </summary>
    Task<bool> IsRefused(string refundReference);

    /// <summary>The drawer of an open shift; null when the kitchen has no such shift, or it is not open.</summary>
    Task<OpenDrawer?> Drawer(Guid kitchenId, Guid shiftId);
}

/// <summary>
/// Refunds that people gave back another way. The aggregator is asked some times whether it has paid them after all,
/// and never again to pay them.
/// </summary>
public interface ISettledRefunds
{
    Task<IReadOnlyList<SettledRefund>> Claim(DateTimeOffset now, TimeSpan lease, int limit);

    /// <param name="at">When to ask again; null when that was the last time.</param>
    Task AskAgain(string reference, DateTimeOffset? at);
}

/// <param name="SettledAt">When people decided.</param>
public sealed record SettledRefund(RefundWork Refund, DateTimeOffset SettledAt);
