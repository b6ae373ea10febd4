using JikoXpress.Domain;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Simulation.World;
using JikoXpress.Testing.Memory;
using static JikoXpress.Domain.Ledger.AccountKind;

namespace JikoXpress.Simulation.Invariants;

/// <summary>The books. Entries are both sides of every posting; debits are positive.</summary>
internal static class MoneyLaws
{
    private static readonly HashSet<AccountKind> Holding = [Pending, KitchenWalletHold, PlatformWalletHold];
    private static readonly HashSet<AccountKind> Assets =
        [Drawer, CardTerminal, CardGateway, KitchenChannel, MobileMoney, PlatformReceivable, PlatformBank, ChargedBack];

    private static readonly HashSet<LedgerStep> Receiving =
        [LedgerStep.Pay, LedgerStep.Hold, LedgerStep.Settle, LedgerStep.TopUp, LedgerStep.Park, LedgerStep.Correct];

    private static readonly HashSet<LedgerStep> Returning =
        [LedgerStep.Return, LedgerStep.Refund, LedgerStep.Reverse, LedgerStep.Correct];

    /// <summary>02_captured.sql</summary>
    public static IEnumerable<string> Captured(Universe world)
    {
        var captured = Sums(
            world.Database.Postings.Where(posting => posting.Transfer is
            {
                Step: LedgerStep.Pay or LedgerStep.Settle, Credit.Kind: AccountKind.Sales,
            }),
            posting => posting.SessionId, posting => posting.Transfer.Amount.Shillings);
        return world.Database.Sessions
            .Where(session => captured.GetValueOrDefault(session.Id) != Due(session))
            .Select(session => $"{world.Name(session.Id)} {session.Status}, total {session.Row.Total}, captured "
                + $"{captured.GetValueOrDefault(session.Id)}");
    }

    /// <summary>03_sales.sql</summary>
    public static IEnumerable<string> Sales(Universe world)
    {
        var sales = Sums(
            Entries(world).Where(entry =>
                entry.Account.Kind == AccountKind.Sales && entry.Of.Transfer.Step != LedgerStep.Reverse),
            entry => entry.Of.Transfer.KitchenId, entry => -entry.Amount);
        var sold = Sums(world.Database.Sessions, session => session.KitchenId, Due);
        return sales.Keys.Union(sold.Keys)
            .Where(kitchen => sales.GetValueOrDefault(kitchen) != sold.GetValueOrDefault(kitchen))
            .Select(kitchen => $"{world.Name(kitchen)}: sales {sales.GetValueOrDefault(kitchen)}, sessions "
                + $"{sold.GetValueOrDefault(kitchen)}");
    }

    /// <summary>04_money.sql</summary>
    public static IEnumerable<string> Conserved(Universe world)
    {
        foreach (var group in Entries(world).GroupBy(entry => (entry.Of.Transfer.KitchenId, entry.Of.Transfer.Method)))
        {
            long received = 0, returned = 0, elsewhere = 0;
            foreach (var entry in group)
            {
                // Nobody receives it: it is a share of what was received.
                if (entry.Of.Transfer.Step is LedgerStep.Commission) continue;
                if (!Assets.Contains(entry.Account.Kind)) elsewhere -= entry.Amount;
                else if (entry.Amount > 0 && Receiving.Contains(entry.Of.Transfer.Step)) received += entry.Amount;
                else if (entry.Amount < 0 && Returning.Contains(entry.Of.Transfer.Step)) returned -= entry.Amount;
            }

            if (received != elsewhere + returned)
                yield return $"{world.Name(group.Key.KitchenId)} {group.Key.Method}: received {received}, applied, on "
                    + $"wallets and waiting {elsewhere}, returned {returned}";
        }
    }

    /// <summary>05_held.sql</summary>
    public static IEnumerable<string> Held(Universe world)
    {
        var held = OfSessions(world, Holding.Contains);
        var owed = OfSessions(world, account => account == ToReturn);
        foreach (var session in world.Database.Sessions)
        {
            var payments = session.Session.Payments;
            var paymentsHold = payments.Where(payment =>
                payment.Status == PaymentStatus.Held).Sum(payment => payment.Amount).Shillings;
            var paymentsOwe = payments.Where(payment =>
                payment.Status == PaymentStatus.ToReturn).Sum(payment => payment.Amount).Shillings;
            if (paymentsHold != held.GetValueOrDefault(session.Id) || paymentsOwe != owed.GetValueOrDefault(session.Id))
                yield return $"{world.Name(session.Id)} legs: held {paymentsHold}, to return {paymentsOwe}; books: held "
                    + $"{held.GetValueOrDefault(session.Id)}, to return {owed.GetValueOrDefault(session.Id)}";
        }
    }

    /// <summary>06_postings.sql</summary>
    public static IEnumerable<string> Postings(Universe world)
    {
        foreach (var posting in world.Database.Postings)
        {
            if (posting.SessionId is { } id && world.Database.Session(id)?.KitchenId != posting.Transfer.KitchenId)
                yield return $"{posting.Transfer.Step} for {world.Name(id)} of another kitchen, or of none";
        }

        foreach (var (id, amount) in OfSessions(world, Holding.Contains))
        {
            if (amount != 0 && world.Database.Session(id) is { Status: not SessionStatus.PendingPayment } session)
                yield return $"{world.Name(id)} {session.Status} still holds {amount}";
        }
    }

    /// <summary>07_wallets.sql</summary>
    public static IEnumerable<string> Wallets(Universe world)
    {
        var available = OfOwners(world, KitchenWallet, PlatformWallet);
        var held = OfOwners(world, KitchenWalletHold, PlatformWalletHold);
        return world.Database.Wallets
            .Where(wallet => wallet.Available < 0 || wallet.Held < 0
                || wallet.Available != available.GetValueOrDefault(wallet.Owner)
                || wallet.Held != held.GetValueOrDefault(wallet.Owner))
            .Select(wallet => $"{world.Name(wallet.Owner)} available {wallet.Available}, held {wallet.Held}; books: "
                + $"{available.GetValueOrDefault(wallet.Owner)}, {held.GetValueOrDefault(wallet.Owner)}");
    }

    /// <summary>19_order_refunds.sql</summary>
    public static IEnumerable<string> Reversed(Universe world)
    {
        var reversed = Sums(
            world.Database.Postings.Where(posting => posting.Transfer is
            {
                Step: LedgerStep.Reverse, Debit.Kind: AccountKind.Sales,
            }),
            posting => posting.Transfer.PaymentId, posting => posting.Transfer.Amount.Shillings);
        return
            from session in world.Database.Sessions
            from payment in session.Session.Payments
            let refunded = payment.Refunded ?? Money.Zero
            where refunded.Shillings != reversed.GetValueOrDefault(payment.Id) || refunded > payment.Amount
            select $"{world.Name(session.Id)}: of {payment.Amount} {refunded} went back; books: "
                + $"{reversed.GetValueOrDefault(payment.Id)}";
    }

    /// <summary>33_commission.sql</summary>
    public static IEnumerable<string> Commissions(Universe world)
    {
        var booked = world.Database.Postings.Where(row => row.Transfer.Step is LedgerStep.Commission).ToList();
        var paid = Sums(booked, row => row.SessionId, row => SideOf(row.Transfer, Commission));
        var earned = Sums(booked, row => row.SessionId, row => -SideOf(row.Transfer, PlatformCommission));
        foreach (var session in world.Database.Sessions)
        {
            var opening = session.Session.Opening;
            var kept = session.Status is SessionStatus.Confirmed
                ? opening.Total - session.Session.Payments.Sum(payment => payment.Refunded ?? Money.Zero)
                : Money.Zero;
            var due = ((kept.Shillings * (opening.CommissionRate ?? 0)) + 5_000) / 10_000;
            var (cost, revenue) = (paid.GetValueOrDefault(session.Id), earned.GetValueOrDefault(session.Id));
            if (cost != due || revenue != due)
                yield return $"{world.Name(session.Id)} {session.Status} kept {kept} at {opening.CommissionRate}, due "
                    + $"{due}; books: paid {cost}, earned {revenue}";
        }
    }

    /// <summary>29_corrections.sql: what is left of a payment came by the method that it has now, and by no other.</summary>
    public static IEnumerable<string> Corrected(Universe world)
    {
        var corrected = world.Database.Postings
            .Where(posting => posting.Transfer.Step is LedgerStep.Correct)
            .Select(posting => posting.Transfer.PaymentId)
            .ToHashSet();
        var net = world.Database.Postings
            .Where(posting => corrected.Contains(posting.Transfer.PaymentId))
            .GroupBy(posting => (posting.Transfer.PaymentId, posting.Transfer.Method))
            .ToDictionary(group => group.Key, group => group.Sum(posting =>
                (posting.Transfer.Credit.Kind == AccountKind.Sales ? posting.Transfer.Amount.Shillings : 0)
                - (posting.Transfer.Debit.Kind == AccountKind.Sales ? posting.Transfer.Amount.Shillings : 0)));
        return
            from session in world.Database.Sessions
            from payment in session.Session.Payments
            where payment.Corrections is not null || corrected.Contains(payment.Id)
            from brought in net
            where brought.Key.PaymentId == payment.Id
            let due = brought.Key.Method == payment.Method ? payment.Amount - (payment.Refunded ?? Money.Zero) : Money.Zero
            where brought.Value != due.Shillings
            select $"{world.Name(session.Id)}: {brought.Key.Method} brought {brought.Value}, due {due}";
    }

    /// <summary>What accounts hold for each session, or less than nothing where they owe it.</summary>
    public static Dictionary<Guid, long> OfSessions(Universe world, Func<AccountKind, bool> accounts) => Sums(
        Entries(world).Where(entry => accounts(entry.Account.Kind)), entry => entry.Of.SessionId,
        entry => -entry.Amount);

    private static Dictionary<Guid, long> OfOwners(Universe world, AccountKind one, AccountKind other) => Sums(
        Entries(world).Where(entry => entry.Account.Kind == one || entry.Account.Kind == other),
        entry => entry.Account.Owner, entry => -entry.Amount);

    /// <summary>What a transfer brings to the debit of an account.</summary>
    private static long SideOf(LedgerTransfer transfer, AccountKind account) =>
        transfer.Debit.Kind == account ? transfer.Amount.Shillings
        : transfer.Credit.Kind == account ? -transfer.Amount.Shillings
        : 0;

    /// <summary>Rounds are paid by what pays their bill.</summary>
    private static long Due(SessionInRows session) =>
        session is { Status: SessionStatus.Confirmed, Row.SessionType: not SessionType.Tab }
            ? session.Row.Total.Shillings
            : 0;

    private static IEnumerable<Entry> Entries(Universe world)
    {
        foreach (var posting in world.Database.Postings)
        {
            yield return new Entry(posting, posting.Transfer.Debit, posting.Transfer.Amount.Shillings);
            yield return new Entry(posting, posting.Transfer.Credit, -posting.Transfer.Amount.Shillings);
        }
    }

    private static Dictionary<Guid, long> Sums<T>(IEnumerable<T> rows, Func<T, Guid?> key, Func<T, long> amount)
    {
        var sums = new Dictionary<Guid, long>();
        foreach (var row in rows)
        {
            if (key(row) is { } id) sums[id] = sums.GetValueOrDefault(id) + amount(row);
        }

        return sums;
    }

    private readonly record struct Entry(PostingInRows Of, Account Account, long Amount);
}
