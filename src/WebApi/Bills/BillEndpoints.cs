using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Orders;
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Sessions;
using static JikoXpress.Domain.Sessions.SessionRules;

namespace JikoXpress.WebApi.Bills;

/// <summary>The bills of tables. A TAB session opens a bill, or adds a round to it.</summary>
internal static class BillEndpoints
{
    private static AllowedCaller Sellers { get; } = Callers.Staff(StaffRole.Cashier, StaffRole.Manager);

    private static AllowedCaller Managers { get; } = Callers.Staff(StaffRole.Manager);

    /// <summary>Problem codes of every command to a bill.</summary>
    private static string[] Changing { get; } = ["bill-not-open", "bill-payment-in-progress"];

    public static void MapBills(this IEndpointRouteBuilder api)
    {
        var bills = api.MapGroup("/bills").WithTags("Bills");

        bills.MapGet("/{id:uuid}", Get)
            .Allow(Callers.Staff(), Callers.Operator)
            .Describe("getBill", "Get a bill",
                "What the table owes as it stands now. A TAB without `billId` opens a bill, and one with it adds a "
                + "round.")
            .Heeds(Heading.Tag).Gives<BillView>(200);

        bills.MapGet("", List)
            .Allow(Callers.Staff())
            .Describe("listBills", "List bills", "The kitchen's bills, newest first; `status=OPEN` for what is owed.")
            .Asks<ListBillsQuery>().Gives<ListView<BillView>>(200);

        bills.MapPost("/{id:uuid}/pay", Pay)
            .In(Lane.Settling)
            .Allow(Sellers)
            .Describe("payBill", "Take the money for a bill",
                "In any split, by all that a till takes; the amounts come to the bill's balance, or to less where the "
                + "kitchen allows that. 200 when all of it is there: a bill without a balance is PAID, and its orders "
                + "too. 202 while a part is awaited: the bill is PAYMENT_PENDING, and OPEN again should it fail.")
            .Takes<PayBillBody>().Heeds(Heading.Key, Heading.Match, Heading.Tag)
            .Gives<BillView>(200).Gives<BillView>(202)
            .Refuses([.. SessionCodes.Paying, .. SessionCodes.Ringing, .. Changing]);

        bills.MapPost("/{id:uuid}/split", Split)
            .In(Lane.Settling)
            .Allow(Sellers)
            .Describe("splitBill", "Split a bill",
                "By items, by equal shares or by amounts, into new bills that `splitInto` names. Items move with what "
                + "they cost; shares and amounts move money only. What all of them owe together stays the same, and "
                + "nothing is cooked again. The shillings that equal shares leave over stay on the first ones.")
            .Takes<SplitBillBody>().Heeds(Heading.Key, Heading.Match, Heading.Tag)
            .Gives<BillView>(200)
            .Refuses([
                "split-unclear", "shares-out-of-range", "too-many-amounts", "too-many-items", "amount-out-of-range",
                "quantity-out-of-range", "bill-line-not-found", "split-exceeds-balance", .. Changing]);

        bills.MapPost("/{id:uuid}/transfer", Transfer)
            .In(Lane.Settling)
            .Allow(Sellers)
            .Describe("transferBill", "Move a bill to another table",
                "Further rounds name the new table, and the kitchen's tickets show it: the stream says "
                + "`ticket.table_changed`. A round of which another bill has a part stays at its table.")
            .Takes<TransferBillBody>().Heeds(Heading.Key, Heading.Match, Heading.Tag)
            .Gives<BillView>(200).Refuses(["invalid-text", "card-data-not-accepted", .. Changing]);

        bills.MapPost("/{id:uuid}/merge", Merge)
            .In(Lane.Settling)
            .Allow(Sellers)
            .Describe("mergeBills", "Merge another bill into this one",
                "All that is on the other bill comes onto this one, with its tickets to this one's table, and the "
                + "other one is MERGED. Of two bills one may "
                + "be part paid: that is the one to merge into.")
            .Takes<MergeBillBody>().Heeds(Heading.Key, Heading.Match, Heading.Tag)
            .Gives<BillView>(200)
            .Refuses(["bill-merged-with-itself", "too-many-items", "bill-part-paid", .. Changing]);

        bills.MapPost("/{id:uuid}/items/{lineId:uuid}/void", VoidLine)
            .In(Lane.Settling)
            .Allow(Managers)
            .Describe("voidBillLine", "Void a line of a bill",
                "Or some of its `quantity`, which then is a line of its own. Nobody has to pay for it; the manager who "
                + "calls is the one who approves it. Where more than the balance is voided, the difference is given "
                + "back in the same step, from the last payment first: `voided.givenBack` says how much. The kitchen "
                + "is told with "
                + "`ticket.line_voided`, and its ticket shows the items as voided. While the ticket is NEW they come "
                + "back to stock, and a ticket of which nothing is left is CANCELLED; what the kitchen has begun "
                + "stays sold. A bill of which every line is void is VOID.")
            .Takes<VoidLineBody>().Heeds(Heading.Key, Heading.Match, Heading.Tag)
            .Gives<BillView>(200)
            .Refuses([
                "quantity-out-of-range", "invalid-text", "card-data-not-accepted", "bill-line-voided",
                "void-exceeds-balance", .. Changing]);

        bills.MapPost("/{id:uuid}/payments/{paymentId:uuid}/refunds", Refund)
            .In(Lane.Settling)
            .Allow(Managers)
            .Describe("refundBillPayment", "Give back what has paid a bill",
                "An amount of one payment of a closed bill, back to where it came from, and never more than it was; "
                + "`paymentId` is the payment's `checkoutSessionId`. The bill stays what it is: what is refunded is "
                + "the kitchen's loss. While a bill is open its lines are voided instead.")
            .Takes<RefundBody>().Heeds(Heading.Key)
            .Gives<RefundView>(201).Refuses([.. RefundCodes.All, "bill-not-closed"]);

        bills.MapPost("/{id:uuid}/write-off", WriteOff)
            .In(Lane.Settling)
            .Allow(Managers)
            .Describe("writeOffBill", "Write a bill off",
                "The guests have gone, and nobody will pay the balance. Its orders stay ON_BILL.")
            .Takes<ReasonBody>().Heeds(Heading.Key, Heading.Match, Heading.Tag)
            .Gives<BillView>(200).Refuses(["invalid-text", "card-data-not-accepted", .. Changing]);
    }

    private static async Task<IResult> Refund(Guid id, Guid paymentId, HttpContext http, IGrainFactory grains)
    {
        var body = await JsonBody.Read(http);
        var command = body.As<RefundBody>().Command(http.Principal.Caller, body.Operation());
        return body.Refusal(command)
            ?? http.Refunded(await grains.Bill(id).Refund(new RefundBillPayment(paymentId, command), http.Patience));
    }

    private static Task<IResult> Split(Guid id, HttpContext http, IGrainFactory grains) =>
        Change<SplitBillBody, SplitBill>(
            http, grains.Bill(id), (body, by, operation) => body.Command(by, operation),
            (bill, split) => bill.Split(split, http.Patience));

    private static Task<IResult> Transfer(Guid id, HttpContext http, IGrainFactory grains) =>
        Change<TransferBillBody, TransferBill>(
            http, grains.Bill(id), (body, by, operation) => new TransferBill(by, body.TableNumber, operation),
            (bill, transfer) => bill.Transfer(transfer, http.Patience));

    private static Task<IResult> Merge(Guid id, HttpContext http, IGrainFactory grains) =>
        Change<MergeBillBody, MergeBill>(
            http, grains.Bill(id), (body, by, operation) => new MergeBill(by, body.BillId, operation),
            (bill, merge) => bill.Merge(merge, http.Patience), merge => BillRules.Broken(merge, id));

    private static Task<IResult> VoidLine(Guid id, Guid lineId, HttpContext http, IGrainFactory grains) =>
        Change<VoidLineBody, VoidBillLine>(
            http, grains.Bill(id),
            (body, by, operation) => new VoidBillLine(by, lineId, body.Reason, body.Quantity, operation),
            (bill, line) => bill.VoidLine(line, http.Patience));

    private static Task<IResult> WriteOff(Guid id, HttpContext http, IGrainFactory grains) =>
        Change<ReasonBody, WriteOffBill>(
            http, grains.Bill(id), (body, by, operation) => new WriteOffBill(by, body.Reason, operation),
            (bill, writeOff) => bill.WriteOff(writeOff, http.Patience));

    private static async Task<IResult> Change<TBody, TCommand>(
        HttpContext http,
        IBillGrain bill,
        Func<TBody, Caller, Operation?, TCommand> command,
        Func<IBillGrain, TCommand, Task<Reply<Bill>>> send,
        Func<TCommand, Sequence<Refusal>>? broken = null)
        where TBody : class
        where TCommand : IGrainCommand
    {
        var body = await JsonBody.Read(http);
        var asked = command(body.As<TBody>(), http.Principal.Caller, body.Operation());
        return body.Refusal(() => broken?.Invoke(asked) ?? asked.Broken())
            ?? await http.Mismatch(bill, asked.Operation)
            ?? http.Answered(await send(bill, asked));
    }

    private static async Task<IResult> Get(Guid id, HttpContext http, IGrainFactory grains)
    {
        var snapshot = await grains.Bill(id).Read();
        return http.Visible(snapshot) is { } bill
            ? http.Shown(StatusCodes.Status200OK, bill, snapshot.Version)
            : Problem.Of(BillRefusals.NotFound);
    }

    private static Task<IResult> List(HttpContext http, IBillReads reads)
    {
        var query = new Query(http);
        var kitchen = http.Principal.KitchenId ?? Guid.Empty;
        var filter = new BillFilter(kitchen, query.WireName<BillStatus>("status"), query.Sale());
        return query.Listed(
            $"bills {kitchen}", asked => reads.List(filter, asked),
            bill => new Cursor(bill.State.Opening.OpenedAt, bill.State.Id),
            bill => BillViews.For(http.Principal.Kind, bill.State, bill.Version),
            SessionJson.Default.ListViewBillView);
    }

    private static async Task<IResult> Pay(Guid id, HttpContext http, IGrainFactory grains)
    {
        var body = await JsonBody.Read(http);
        var command = body.As<PayBillBody>().Command(http.Principal.Caller, body.Operation());
        var bill = grains.Bill(id);
        return body.Refusal(command)
            ?? await http.Mismatch(bill, command.Operation)
            ?? http.TooManyCodes(command.Payments)
            ?? http.Answered(http.Counted(await bill.Pay(command, http.Patience)));
    }

    private static int StatusOf(Bill.Opened bill) =>
        bill.Status is BillStatus.PaymentPending ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;

    extension(HttpContext http)
    {
        /// <summary>The bill, if it exists and this caller may see it.</summary>
        private Bill.Opened? Visible(Snapshot<Bill> snapshot) =>
            snapshot.State is Bill.Opened bill && http.Principal.Caller.MaySee(bill.Opening) ? bill : null;

        /// <summary>
        /// The problem if If-Match does not match; null without If-Match or without a bill, and for an operation that
        /// is done: it gets its first answer again.
        /// </summary>
        private async Task<Problem?> Mismatch(IBillGrain bill, Operation? operation)
        {
            if (http.Request.Headers.IfMatch.Count is 0) return null;
            var snapshot = await bill.Read();
            return http.Visible(snapshot) is { } known && known.Operations.All(done => done.Id != operation?.Id)
                ? EntityTags.Mismatch(http.Request, $"{snapshot.Version}")
                : null;
        }

        private IResult Answered(Reply<Bill> reply) => reply switch
        {
            Reply<Bill>.Accepted(Bill.Opened bill, var version, var replayed) =>
                http.Shown(StatusOf(bill), bill, version) with { Replayed = replayed },
            Reply<Bill>.Refused(var refusals) => Problem.Of(refusals),
            _ => throw new UnreachableException("A reply must be accepted or refused."),
        };

        private Answer<BillView> Shown(int status, Bill.Opened bill, long version) =>
            new(status, BillViews.For(http.Principal.Kind, bill, version), SessionJson.Default.BillView)
            {
                Tag = $"\"{version}\"",
            };
    }
}

/// <summary>The payments for a bill.</summary>
/// <param name="Payments">The amounts add up to the bill's balance, or to less if the kitchen allows it.</param>
internal sealed record PayBillBody([Length(1, MostPayments)] IReadOnlyList<PaymentBody> Payments)
{
    public PayBill Command(Caller by, Operation? operation) => new(by, Payments.Requests(), operation);
}

/// <summary>How to split a bill: exactly one of items, shares and amounts.</summary>
/// <param name="Items">These items go to one new bill.</param>
/// <param name="Shares">The number of bills after the split; each has an equal share of the balance.</param>
/// <param name="Amounts">Each amount goes to a new bill; the rest of the balance stays.</param>
internal sealed record SplitBillBody(
    [Length(1, BillRules.MostLines)] IReadOnlyList<SplitItemBody>? Items = null,
    [Range(2, BillRules.MostParts)] int? Shares = null,
    [Length(1, BillRules.MostParts - 1)] IReadOnlyList<SplitAmountBody>? Amounts = null)
{
    public SplitBill Command(Caller by, Operation? operation) => new(
        by,
        Items?.Select(item => new ItemToSplit(item.LineId, item.Quantity)).ToSequence(),
        Shares,
        Amounts?.Select(part => new AmountToSplit(part.Amount)).ToSequence(),
        operation);
}

/// <summary>A line of the bill, or a part of its quantity.</summary>
/// <param name="LineId">The id of one of the bill's items.</param>
/// <param name="Quantity">The whole line if left out.</param>
internal sealed record SplitItemBody(Guid LineId, [Range(1, MostOfOneLine)] int? Quantity = null);

/// <summary>A part of the balance.</summary>
/// <param name="Amount">In whole shillings.</param>
internal sealed record SplitAmountBody(Money Amount);

/// <summary>The table to which the guests have moved.</summary>
internal sealed record TransferBillBody([Length(1, LongestTableNumber)] string TableNumber);

/// <summary>The bill to merge into this one.</summary>
internal sealed record MergeBillBody(Guid BillId);

/// <summary>A line to void, or a part of it.</summary>
/// <param name="Reason">Why it need not be paid for.</param>
/// <param name="Quantity">How many of its items; all of them if left out.</param>
internal sealed record VoidLineBody(
    [Length(1, BillRules.LongestReason)] string Reason, [Range(1, MostOfOneLine)] int? Quantity = null);

/// <summary>Why the balance will not be paid.</summary>
internal sealed record ReasonBody([Length(1, BillRules.LongestReason)] string Reason);
