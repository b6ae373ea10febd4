namespace JikoXpress.Simulation.Invariants;

/// <summary>
/// What holds after every event: the laws of src/Postgres/Conservation on the rows in memory, and what only somebody
/// can see who knows the phones' side as well.
/// </summary>
internal static class Laws
{
    /// <summary>What may be broken without a commit: by what a host has claimed, and by what phones do.</summary>
    public static IReadOnlyList<Law> OfWork { get; } =
    [
        new("a refund that is done is posted once, and another is still to be tried", PaymentLaws.Refunds),
        new("what a leg took a phone has paid", PaymentLaws.Received),
        new("only the aggregator's no is a failure", PaymentLaws.Failures),
        new("a payment that the inbox has done with is heard", PaymentLaws.Heard),
        new("no phone gets back more than it paid", PaymentLaws.PaidBack),
        new("a guest is charged once for each time that was agreed to", PaymentLaws.Charged),
        new("no more periods begin than were planned", SubscriptionLaws.NoMoreThanPlanned),
        new("a subscription is over or paused because somebody wanted it", SubscriptionLaws.OverForAReason),
    ];

    public static IReadOnlyList<Law> All { get; } =
    [
        .. OfWork,
        new("a confirmed session has one order, and no other has any", OrderLaws.OneOrder),
        new("a session captures its total when it is confirmed, and nothing otherwise", MoneyLaws.Captured),
        new("a kitchen's sales are what its confirmed sessions cost", MoneyLaws.Sales),
        new("money received is applied, on wallets, waiting or returned", MoneyLaws.Conserved),
        new("the books hold what a session's legs hold", MoneyLaws.Held),
        new("a posting belongs to a session of its kitchen, and held money to a pending one", MoneyLaws.Postings),
        new("a wallet has what the books say, and never less than nothing", MoneyLaws.Wallets),
        new("on hand, sold and wasted are what was received", StockLaws.Identity),
        new("an item's reserved and sold plates are those of its sessions", StockLaws.Reservations),
        new("a session's plates are as its status says", StockLaws.Sessions),
        new("what was received and wasted is what the journal says", StockLaws.Journal),
        new("an operation's answer is a state that its session went through", OrderLaws.Operations),
        new("suspense is what phones paid and no leg took", PaymentLaws.Suspense),
        new("what waits for somebody to decide is listed, and nothing else is", PaymentLaws.InSuspense),
        new("what a leg gave back is what the books took out of the sales for it", MoneyLaws.Reversed),
        new("a corrected payment brought what is left of it, by the method that it has now", MoneyLaws.Corrected),
        new("an order's row and ticket are as its session says", OrderLaws.Lives),
        new("no two sessions of a day have one number", OrderLaws.Numbers),
        new("a code pays one leg", OrderLaws.Codes),
        new("a confirmation is announced once", OrderLaws.Announced),
        new("a phone rings for a leg that asked for it", PaymentLaws.Rings),
        new("a payment rings one phone at a time", PaymentLaws.OnePhone),
        new("a phone rings for one payment at a time", PaymentLaws.OnePrompt),
        new("what goes back is what the session says, and no more than its share", PaymentLaws.Shares),
        new("plates come back as refunds and voids say", OrderLaws.Restocked),
        new("the sessions of a group are all pending, all confirmed or all over", GroupLaws.Together),
        new("a cart waits for its group, and for no other", GroupLaws.Awaited),
        new("one payment by phone pays for all of a group", GroupLaws.OnePayment),
        new("of a rejected order everything has gone back, and of one that waits nothing", ApprovalLaws.Rejected),
        new("nothing is cooked that nobody has approved", ApprovalLaws.Cooked),
        new("an order is approved or rejected once", ApprovalLaws.Answered),
        new("every dish of every round is on exactly one bill", BillLaws.Rounds),
        new("a bill's balance is what is on it, less what was paid for it", BillLaws.Balances),
        new("a bill knows what has become of its payments", BillLaws.Payments),
        new("an order on bills is paid when they are", BillLaws.Orders),
        new("what bills have voided of a round its kitchen was told", BillLaws.Voids),
        new("the platform's commission is that on what a sale has kept", MoneyLaws.Commissions),
        new("a link has no more sessions that are paid or open than places", LinkLaws.Places),
        new("a link counts its sessions", LinkLaws.Counts),
        new("a period has one session", SubscriptionLaws.OneSession),
        new("a period's session is of a subscription that is there", SubscriptionLaws.Known),
        new("a period takes its amount once", SubscriptionLaws.ChargedOnce),
        new("what is cancelled cannot be paid any more", SubscriptionLaws.OverIsOver),
    ];
}
