using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Tests.Sessions;

/// <summary>A request that is sent twice takes effect once.</summary>
public sealed class RepetitionTests
{
    private static readonly Session Ended =
        Open(PayNow(Cash(3_000), Mobile(5_000))).Next().Cancel(new CancelSession(Cashier), Noon).Next();

    /// <param name="Do">The command on a state, with an operation, at a moment.</param>
    public sealed record Command(
        string Name, Session On, Func<Session, Operation, DateTimeOffset, Decision<Session>> Do)
    {
        public override string ToString() => Name;
    }

    public static TheoryData<Command> Commands =>
    [
        new Command("open and wait", Session.Initial,
            (session, once, now) => Ask(session, AskForSlip with { Operation = once }, now)),
        new Command("open and pay", Session.Initial,
            (session, once, now) => Ask(session, PayNow(Cash(8_000)) with { Operation = once }, now)),
        new Command("pay a slip", Slip,
            (session, once, now) => Pay(session, PaySlip(Cash(8_000)) with { Operation = once }, now, 2)),
        new Command("begin to pay a slip", Slip,
            (session, once, now) =>
                Pay(session, PaySlip(Cash(3_000), Mobile(5_000)) with { Operation = once }, now, 2)),
        new Command("cancel", Slip, (session, once, now) => session.Cancel(new CancelSession(Cashier, once), now)),
        new Command("cancel what is being paid", SlipBeingPaid,
            (session, once, now) => session.Cancel(new CancelSession(Cashier, once), now)),
        new Command("expire", Slip, (session, once, now) => session.ExpireEarly(new ExpireSession(Cashier, once), now)),
        new Command("return money", Ended,
            (session, once, now) => session.ReturnMoney(new ReturnMoney(Cashier, once), now)),
    ];

    [Theory, MemberData(nameof(Commands))]
    public void The_same_request_again_is_answered_as_before(Command command)
    {
        var done = command.Do(command.On, Op(1), Noon + 3.Minutes).Next();

        Assert.Equal(new Decision<Session>.Replay(Op(1).Id), command.Do(done, Op(1), Noon + 4.Minutes));
        var muchLater = done.AsOf(Noon + TimeSpan.FromDays(1));
        Assert.Equal(
            new Decision<Session>.Replay(Op(1).Id), command.Do(muchLater, Op(1), Noon + TimeSpan.FromDays(1)));
    }

    [Theory, MemberData(nameof(Commands))]
    public void The_same_key_with_another_body_is_refused(Command command)
    {
        var done = command.Do(command.On, Op(1), Noon + 3.Minutes).Next();

        Assert.Equal(
            "idempotency-key-reused",
            command.Do(done, Op(1) with { Fingerprint = Op(2).Fingerprint }, Noon + 4.Minutes).Code());
    }

    [Theory, MemberData(nameof(Commands))]
    public void Another_key_is_another_request(Command command)
    {
        if (command.On is Session.NotOpened) return;
        var done = command.Do(command.On, Op(1), Noon + 3.Minutes).Next();

        Assert.NotEqual("idempotency-key-reused", command.Do(done, Op(2), Noon + 4.Minutes).Code());
    }

    [Fact]
    public void A_refused_request_leaves_its_key_free()
    {
        Assert.Equal("payments-total-mismatch", Pay(Slip, PaySlip(Cash(1)) with { Operation = Op(1) }, Noon).Code());
        Assert.IsType<Session.Confirmed>(Pay(Slip, PaySlip(Cash(8_000)) with { Operation = Op(1) }, Noon).Next());
    }

    [Fact]
    public void A_session_remembers_all_that_was_done_to_it()
    {
        var opened = Open(AskForSlip with { Operation = Op(1) }).Next();
        var attempted = Pay(opened, PaySlip(Cash(3_000), Mobile(5_000)) with { Operation = Op(2) }, Noon).Next();
        var cancelled = attempted.Cancel(new CancelSession(Cashier, Op(3)), Noon).Next();
        var returned = (Session.Ended)cancelled.ReturnMoney(new ReturnMoney(Cashier, Op(4)), Noon).Next();

        Assert.Equal([Op(1), Op(2), Op(3), Op(4)], returned.Operations);
        foreach (var operation in returned.Operations)
            Assert.Equal(new Decision<Session>.Replay(operation.Id), returned.AnswerTo(operation));
    }

    [Fact]
    public void A_request_without_a_key_is_never_a_repetition()
    {
        Assert.Null(Slip.AnswerTo(null));
        Assert.Null(Session.Initial.AnswerTo(Op(1)));
    }

    private static Decision<Session> Ask(Session session, OpenSession command, DateTimeOffset now)
    {
        var (quote, _) = SessionQuotes.Price(command, Facts);
        var ids = new OpeningIds(SessionId, OrderId, Ids(300), 147, new DateOnly(2026, 3, 12), "0123456789ABC");
        return session.Open(command, quote, MamaNtilie, ids, now);
    }
}
