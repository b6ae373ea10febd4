using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Tests.Properties;

/// <summary>
/// Three sessions at one counter that share two wallets, each beside its naive twin. Does a step to both, and compares
/// what comes of it.
/// </summary>
internal sealed class Counter(Dictionary<string, int> seen)
{
    private const long FatumaHas = 9_000;
    private const long NeemaHas = 12_000;
    private const int Sessions = 3;

    private readonly Session[] states = [.. Enumerable.Repeat(Session.Initial, Sessions)];
    private readonly NaiveSession[] twins = [.. Enumerable.Range(0, Sessions).Select(_ => new NaiveSession())];
    private readonly Books books = Stocked();
    private DateTimeOffset now = Noon;
    private Step last = new(Verb.Look, 0, 0, [], 0, 0);
    private int steps;

    public void Do(Step step)
    {
        now += TimeSpan.FromSeconds(step.Seconds);
        steps++;
        if (step.Verb == Verb.Again) step = last;
        last = step;
        var which = step.Which;
        Look(which);
        var before = states[which];
        var expected = Expected(step);
        var outcome = Carry(which, Decide(step));
        if (outcome != expected) Assert.Fail($"{step} was {outcome}, not {expected}");
        if (outcome == "done") Follow(step);
        else Assert.Same(before, states[which]);
        Count($"{step.Verb} {outcome}");
        Check(which);
    }

    /// <summary>Nothing is left to wait for when everybody has looked late enough.</summary>
    public void Close()
    {
        now += TimeSpan.FromDays(1);
        for (var which = 0; which < Sessions; which++)
        {
            Look(which);
            Check(which);
        }

        Same(states[0], StateJson.Read<Session>(StateJson.Write(states[0])));
        Assert.Equal(0, books.Sum(AccountKind.Pending));
        Assert.Equal(0, books.Sum(AccountKind.KitchenWalletHold) + books.Sum(AccountKind.PlatformWalletHold));
        Assert.DoesNotContain("reserved", books.Items.Values);
    }

    private void Look(int which)
    {
        while (states[which].Expire(now) is Decision<Session>.Commit expired)
        {
            Count($"lapsed to {expired.Next.GetType().Name}");
            Assert.True(books.Accept(expired.Effects));
            Carry(which, expired);
        }

        twins[which].Look(now);
    }

    private Decision<Session>? Decide(Step step)
    {
        var state = states[step.Which];
        var operation = OperationOf(step);
        if (step.Verb is Verb.PayNow or Verb.PayOnTheApp or Verb.AskForSlip)
        {
            if (state.AnswerTo(operation) is { } answer) return answer;
            if (state is not Session.NotOpened) return null;
            var command = CommandOf(step) with { Operation = operation };
            var (quote, refusals) = SessionQuotes.Price(command, FactsNow());
            return refusals.Count > 0 ? refusals : state.Open(command, quote, MamaNtilie, OpeningIdsOf(step), now);
        }

        return step.Verb switch
        {
            Verb.PaySlip => state.ConfirmSlip(
                new ConfirmSlip(Cashier, step.Payments(Total.Shillings), operation), FactsNow(),
                new PaymentIds(Id(5_000 + steps), Ids(10_000 + 20 * steps)), now),
            Verb.Cancel => state.Cancel(new CancelSession(Cashier, operation), now),
            Verb.Expire => state.ExpireEarly(new ExpireSession(Cashier, operation), now),
            Verb.ReturnMoney => state.ReturnMoney(new ReturnMoney(Cashier, operation), now),
            _ => null,
        };
    }

    private string Carry(int which, Decision<Session>? decision)
    {
        switch (decision)
        {
            case null or Decision<Session>.Unchanged: return "nothing";
            case Decision<Session>.Replay: return "replay";
            case Decision<Session>.Refuse: return "refused";
            case Decision<Session>.Commit(var next, var effects):
                if (!books.Accept(effects)) return "refused";
                foreach (var effect in effects) books.Apply(effect);
                if (states[which] is Session.Confirmed or Session.Ended)
                    Assert.Equal(states[which].GetType(), next.GetType());
                states[which] = next;
                return "done";
            default: throw new InvalidOperationException($"Nobody knows {decision}.");
        }
    }

    private string Expected(Step step)
    {
        var twin = twins[step.Which];
        if (step.Verb == Verb.Look) return "nothing";
        if (twin.Keys.TryGetValue(step.Key, out var body)) return body == step.Body ? "replay" : "refused";
        var opening = step.Verb is Verb.PayNow or Verb.PayOnTheApp or Verb.AskForSlip;
        if (opening && twin.Status is not null) return "nothing";
        var accepted = step.Verb switch
        {
            Verb.AskForSlip => true,
            Verb.PayNow => IsGood(step, onTheApp: false),
            Verb.PayOnTheApp => IsGood(step, onTheApp: true),
            Verb.PaySlip => twin.CanBePaid && IsGood(step, onTheApp: false),
            Verb.Cancel or Verb.Expire => twin.Status == SessionStatus.PendingPayment,
            _ => twin.Sum(PaymentStatus.ToReturn) > 0,
        };
        return accepted ? "done" : "refused";
    }

    private bool IsGood(Step step, bool onTheApp)
    {
        PaymentMethod[] appMethods = [PaymentMethod.MobileMoney, PaymentMethod.PlatformWallet];
        var payments = step.Payments(Total.Shillings);
        return step is { Methods.Count: > 0, Off: 0 }
            && (!onTheApp || step.Methods.All(method => appMethods.Contains(method)))
            && Sum(PaymentMethod.KitchenWallet) <= Left(FatumaHas, PaymentMethod.KitchenWallet)
            && (!onTheApp || Sum(PaymentMethod.PlatformWallet) <= Left(NeemaHas, PaymentMethod.PlatformWallet));

        long Sum(PaymentMethod method) =>
            payments.Where(payment => payment.PaymentMethod == method).Sum(payment => payment.Amount.Shillings);
    }

    private long Left(long had, PaymentMethod method) => had - twins.Sum(
        twin => twin.Sum(PaymentStatus.Held, method) + twin.Sum(PaymentStatus.Paid, method));

    private void Follow(Step step)
    {
        var twin = twins[step.Which];
        if (step.Key > 0) twin.Keys[step.Key] = step.Body;
        var payments = step.Payments(Total.Shillings);
        switch (step.Verb)
        {
            case Verb.PayNow or Verb.PayOnTheApp or Verb.AskForSlip:
                twin.Open(step.Verb == Verb.AskForSlip, step.Verb == Verb.PayOnTheApp, payments, now);
                break;
            case Verb.PaySlip: twin.Pay(payments, now); break;
            case Verb.Cancel: twin.End(SessionStatus.Cancelled); break;
            case Verb.Expire: twin.End(SessionStatus.Expired); break;
            case Verb.ReturnMoney: twin.HandBack(); break;
        }
    }

    private void Check(int looked)
    {
        Same(twins[looked].Status, (states[looked] as Session.Opened)?.Status);
        for (var which = 0; which < Sessions; which++)
        {
            if (states[which] is not Session.Opened session) continue;
            var twin = twins[which];
            Same(twin.StatusAt(now), ((Session.Opened)session.AsOf(now)).Status);
            if (!twin.Payments.SequenceEqual(session.Payments.Select(payment =>
                (payment.Method, payment.Amount.Shillings, payment.Status))))
                Assert.Fail($"The payments are {session.Payments}");
            CheckTime(session);
            CheckItems(session);
            CheckOrder(session);
        }

        CheckMoney();
    }

    /// <summary>The truth does not depend on who looked when.</summary>
    private void CheckTime(Session.Opened session)
    {
        if (session.Deadline is not { } deadline) return;
        DateTimeOffset[] looks = [deadline.AddTicks(-1), deadline, deadline.AddMinutes(7)];
        foreach (var look in looks.Where(look => look <= now))
            Same(session.AsOf(now), session.AsOf(look).AsOf(now));
    }

    private void CheckItems(Session.Opened session)
    {
        var expected = session switch { Session.Pending => "reserved", Session.Confirmed => "sold", _ => "released" };
        Same(expected, books.Items[session.Id]);
        if (session is Session.Pending pending) Assert.True(books.ItemsExpireAt[session.Id] >= pending.ExpiresAt);
    }

    private void CheckOrder(Session.Opened session)
    {
        var orders = books.Orders.Where(order => order.SessionId == session.Id).ToList();
        if (session is Session.Confirmed confirmed)
        {
            var order = Assert.Single(orders);
            Assert.Equal((confirmed.OrderId, confirmed.Opening.Total), (order.Id, order.Total));
            Assert.Equal(Total, session.Payments.Where(payment =>
                payment.Status == PaymentStatus.Paid).Sum(payment => payment.Amount));
            Assert.DoesNotContain(session.Payments, payment =>
                payment.Status is PaymentStatus.Held or PaymentStatus.Pending);
        }
        else
        {
            Assert.Empty(orders);
            Assert.DoesNotContain(session.Payments, payment => payment.Status == PaymentStatus.Paid);
        }
    }

    private void CheckMoney()
    {
        var kitchen = MamaNtilie.Id;
        Same(-twins.Sum(twin => twin.SumAttested(PaymentStatus.Held)), books[AccountKind.Pending, kitchen]);
        Same(-twins.Sum(twin => twin.Sum(PaymentStatus.ToReturn)), books[AccountKind.ToReturn, kitchen]);
        Same(-twins.Sum(twin => twin.Sum(PaymentStatus.Paid)), books[AccountKind.Sales, kitchen]);
        Same(-Left(FatumaHas, PaymentMethod.KitchenWallet), books[AccountKind.KitchenWallet, Fatuma]);
        Same(-Left(NeemaHas, PaymentMethod.PlatformWallet), books[AccountKind.PlatformWallet, Neema.Id]);
        Same(-books[AccountKind.PlatformReceivable, kitchen], books[AccountKind.KitchenPayable, kitchen]);
        Same(
            twins.Sum(twin => twin.Sum(PaymentStatus.Held, PaymentMethod.Cash)
                + twin.Sum(PaymentStatus.Paid, PaymentMethod.Cash)
                + twin.Sum(PaymentStatus.ToReturn, PaymentMethod.Cash)),
            books[AccountKind.Drawer, Till]);
    }

    private static OpenSession CommandOf(Step step) => step.Verb switch
    {
        Verb.AskForSlip => AskForSlip,
        Verb.PayNow => PayNow([.. step.Payments(Total.Shillings)]),
        _ => OnTheApp([.. step.Payments(Total.Shillings)]),
    };

    private SessionFacts FactsNow() => Facts with
    {
        Wallets = new Dictionary<Guid, Money> { [Fatuma] = new(-books[AccountKind.KitchenWallet, Fatuma]) },
    };

    private OpeningIds OpeningIdsOf(Step step) => new(
        Id(100 + step.Which), Id(5_000 + steps), Ids(10_000 + 20 * steps), step.Which + 1, new DateOnly(2026, 3, 12),
        "0123456789ABC");

    private static Operation? OperationOf(Step step) =>
        step.Key == 0 ? null : new Operation(Id(1_000 + step.Key), Id(step.Body));

    private static Books Stocked()
    {
        var books = new Books();
        books.TopUp(new Account(AccountKind.KitchenWallet, Fatuma), FatumaHas);
        books.TopUp(new Account(AccountKind.PlatformWallet, Neema.Id), NeemaHas);
        return books;
    }

    private static void Same<T>(T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual)) Assert.Fail($"{actual} instead of {expected}");
    }

    private void Count(string what) => seen[what] = seen.GetValueOrDefault(what) + 1;
}
