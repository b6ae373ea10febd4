using JikoXpress.Domain;

namespace JikoXpress.Grains.Ports;

/// <summary>Money that nobody has claimed for so long that it goes back to the phone that paid it.</summary>
public interface IUnclaimedMoney
{
    /// <summary>
    /// Payments with an unknown reference that nobody has decided about, whose phone and amount are known, and that
    /// were not returned before.
    /// </summary>
    /// <param name="adapters">Those that pay out.</param>
    Task<IReadOnlyList<UnclaimedMoney>> Due(IReadOnlyCollection<string> adapters, DateTimeOffset seenBefore, int limit);

    /// <summary>Money of late payments that waits in suspense, and whose phone is known.</summary>
    /// <param name="adapters">Those that pay back.</param>
    Task<IReadOnlyList<SuspendedLate>> Late(
        IReadOnlyCollection<string> adapters, DateTimeOffset suspendedBefore, int limit);

    /// <summary>
    /// Begins to return it, and notes that as the decision about it; nothing happens when somebody has decided.
    /// </summary>
    /// <param name="reference">Of the return, at the aggregator.</param>
    Task Begin(UnclaimedMoney money, string reference, DateTimeOffset at);

    /// <summary>Leaves it to people for ever.</summary>
    Task Leave(UnclaimedMoney money, string reference, DateTimeOffset at);

    Task<IReadOnlyList<MoneyReturn>> Claim(DateTimeOffset now, TimeSpan lease, int limit);

    Task TryAgain(MoneyReturn claimed, DateTimeOffset at);

    Task Returned(MoneyReturn claimed, DateTimeOffset at);

    /// <summary>
    /// It cannot be returned: the exception waits for people, and its receipt can be assigned to a payment again.
    /// </summary>
    Task Refused(MoneyReturn claimed, DateTimeOffset at);
}

/// <param name="ExceptionId">The payment exception that it waits in.</param>
/// <param name="Receipt">The receipt by which it is counted once.</param>
/// <param name="Reference">As the aggregator wrote it.</param>
public sealed record UnclaimedMoney(
    Guid ExceptionId, string Adapter, string Receipt, string Reference, Money Amount, Currency Currency,
    DateTimeOffset SeenAt);

public sealed record SuspendedLate(string Reference, Guid SessionId);

/// <param name="PaidReference">The reference that the money came with.</param>
/// <param name="Tries">This one included.</param>
public sealed record MoneyReturn(
    Guid ExceptionId, string Reference, string PaidReference, string Adapter, string PhoneNumber, Money Amount,
    int Tries, Currency Currency = Currency.Tzs);
