namespace JikoXpress.Domain.Kitchens;

/// <summary>Why the money in a merchant's wallet became more or less.</summary>
public enum WalletEntryKind
{
    /// <summary>A register's sale was paid.</summary>
    Received = 1,

    /// <summary>A sale was refunded, or the network took back what it had paid.</summary>
    Refunded,

    /// <summary>The platform's commission on a sale; or, above zero, what a refund gave back of it.</summary>
    Commission,

    /// <summary>Paid out to the merchant.</summary>
    PaidOut,
}

/// <summary>The sum of one day's movements of one kind. What takes money out of the wallet is below zero.</summary>
public sealed record WalletMovementSum(DateOnly Date, WalletEntryKind Kind, Money Amount);

/// <summary>One day of a wallet. Received and refunded, commission and paid out are all zero or more, but for a day on
/// which more commission was given back than taken.</summary>
public sealed record WalletDay(
    DateOnly Date, Money OpeningBalance, Money Received, Money Refunded, Money Commission, Money PaidOut)
{
    public Money ClosingBalance => OpeningBalance + Received - Refunded - Commission - PaidOut;
}

/// <summary>What moved in a merchant's wallet, day by day, in the wallet's time zone.</summary>
public sealed record WalletStatement(Sequence<WalletDay> Days)
{
    public const int MostDays = 92;

    /// <summary>Every day from the first to the last, also those on which nothing moved.</summary>
    public static WalletStatement Of(
        DateOnly from, DateOnly to, Money opening, IReadOnlyCollection<WalletMovementSum> movements)
    {
        Sequence<WalletDay> days = [];
        for (var date = from; date <= to; date = date.AddDays(1))
        {
            var day = new WalletDay(
                date, opening, Sum(WalletEntryKind.Received), Out(WalletEntryKind.Refunded),
                Out(WalletEntryKind.Commission), Out(WalletEntryKind.PaidOut));
            days = days.With(day);
            opening = day.ClosingBalance;

            Money Sum(WalletEntryKind kind) => movements
                .Where(movement => movement.Date == date && movement.Kind == kind)
                .Sum(movement => movement.Amount);

            Money Out(WalletEntryKind kind) => Money.Zero - Sum(kind);
        }

        return new WalletStatement(days);
    }
}
