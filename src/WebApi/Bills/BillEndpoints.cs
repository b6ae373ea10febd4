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
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Bills;

/// <summary>The bills of tables. A TAB session opens one, or puts a round onto it.</summary>
internal static class BillEndpoints
{
    private static AllowedCaller Sellers { get; } = Callers.Staff(StaffRole.Cashier, StaffRole.Manager);

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
            .Refuses([.. SessionCodes.Paying, "bill-not-open", "bill-payment-in-progress"]);
    }

    private static async Task<IResult> Get(Guid id, HttpContext http, IGrains grains)
    {
        var snapshot = await grains.Bill(id).Read();
        return http.Visible(snapshot) is { } bill
            ? http.Shown(StatusCodes.Status200OK, bill, snapshot.Version)
            : Problem.Of(BillRefusals.NotFound);
    }

    private static async Task<IResult> List(HttpContext http, IBillReads reads)
    {
        var query = new Query(http);
        var kitchen = http.Principal.KitchenId ?? Guid.Empty;
        var filter = new BillFilter(kitchen, query.Word<BillStatus>("status"), query.Text("tableNumber"));
        var list = $"bills {kitchen}";
        var asked = query.Page(list);
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;

        var page = await reads.List(filter, asked);
        return page.Shown(
            Paging.Of(asked, page, list, bill => new Cursor(bill.State.Opening.OpenedAt, bill.State.Id)),
            bill => BillViews.For(http.Principal.Kind, bill.State, bill.Version),
            SessionJson.Default.ListViewBillView);
    }

    private static async Task<IResult> Pay(Guid id, HttpContext http, IGrains grains)
    {
        var body = await JsonBody.Read(http);
        var command = body.PayBill(http.Principal.Caller);
        var bill = grains.Bill(id);
        return body.Malformed
            ?? body.Broken(() => SessionRules.BrokenPayments(command))
            ?? await http.Mismatch(bill)
            ?? http.TooManyCodes(command.Payments)
            ?? http.Answered(http.Counted(await bill.Pay(command)));
    }

    private static int StatusOf(Bill.Opened bill) =>
        bill.Status is BillStatus.PaymentPending ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;

    extension(HttpContext http)
    {
        /// <summary>The bill, where it is there for this caller.</summary>
        private Bill.Opened? Visible(Snapshot<Bill> snapshot) =>
            snapshot.State is Bill.Opened bill && http.Principal.Caller.MaySee(bill.Opening) ? bill : null;

        /// <summary>What If-Match refuses; null where it is not given, or nothing is there to compare with.</summary>
        private async Task<Problem?> Mismatch(IBill bill)
        {
            if (http.Request.Headers.IfMatch.Count is 0) return null;
            var snapshot = await bill.Read();
            return http.Visible(snapshot) is null ? null : EntityTags.Mismatch(http.Request, $"{snapshot.Version}");
        }

        private IResult Answered(Reply<Bill> reply) => reply switch
        {
            Reply<Bill>.Accepted(Bill.Opened bill, var version, var replayed) =>
                http.Shown(StatusOf(bill), bill, version) with { Replayed = replayed },
            Reply<Bill>.Refused(var refusals) => Problem.Of(refusals),
            _ => throw new UnreachableException("A reply is accepted or refused."),
        };

        private Answer<BillView> Shown(int status, Bill.Opened bill, long version) =>
            new(status, BillViews.For(http.Principal.Kind, bill, version), SessionJson.Default.BillView)
            {
                Tag = $"\"{version}\"",
            };
    }
}
