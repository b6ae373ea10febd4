using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Problems;
using Microsoft.OpenApi;

namespace JikoXpress.WebApi.Documentation;

/// <summary>The text of the document that applies to all operations.</summary>
internal static class Overview
{
    public static string Text { get; } = $"""
        The checkout of restaurants in Tanzania: tills, kiosks, table QR codes, the app and the WhatsApp bot open
        **checkout sessions**; a session that is paid becomes an **order**, exactly once. Merchants' web shops open
        sessions as well, at their own prices: `/checkout/sessions`, paid on the hosted page.

        **Requests.** JSON in UTF-8, at most {JsonBody.Longest / 1024} KiB, nested at most {JsonShape.Deepest} deep.
        Names and words are exact. A member that does not belong there is refused, and so is one that is given
        twice; null counts as absent. Query parameters that an operation does not have, and empty ones, are refused.
        Everything that is wrong with a request is answered at once, in `errors`: the first 50, and `errorsOmitted`
        says how many more there are.
        An operation that has no body here accepts an empty object.
        A member that may be absent is nullable here; answers leave it out.
        Texts hold no control or formatting characters; where line breaks are accepted, the member says so.

        **Money** is whole numbers of the smallest unit of the kitchen's currency: 1 to {Money.Largest.Shillings:N0},
        never with a decimal point. A kitchen has one currency, TZS unless its settings say another, and answers with
        amounts name it in `currency`. For TZS, RWF, UGX, XAF and XOF the unit is the shilling or franc itself: 5000 are
        5,000 shillings. Others have cents: 1250 are 12.50 KES. Where this document says whole shillings, it means this
        unit. Nothing is ever converted. The server prices every line of a kitchen's sale from its menu, and payments
        come to the total exactly.

        **Times** are RFC 3339 in UTC. **Days** are business days by the kitchen's clock. **Ids** are UUIDs and mean
        nothing else.

        **Who calls** is told by `Authorization: Bearer` and a token; each kind of caller has its own. What belongs
        to another kitchen is not there (404). Members that the token stands for, such as `staffId`, are refused in
        bodies.

        **Repeating.** A POST that names `Idempotency-Key` takes effect once with a key, however often it is sent; the
        first answer comes again, with `{IdempotencyKey.ReplayedHeader}: true`. Repeat whenever an answer was lost. With
        another body the key is refused (`idempotency-key-reused`). The body counts by its values: order, white space
        and nulls do not matter. Refused requests leave the key free. A POST that reads no key says so, and what
        sending it again does. PUT, PATCH and DELETE read none: sent again they do no harm.

        **Reading again.** Answers of operations that name one bear an `ETag`: with `If-None-Match` a GET
        answers 304 until something has changed; with `If-Match` a POST takes effect only on what was read.
        Where an operation does not name `If-Match`, a request that bears it is refused. HEAD answers as GET
        does, without the body.

        **Lists** are newest first, `limit` at a time (1 to {Query.LargestLimit}, by default {Query.DefaultLimit});
        `paging.after` of a page, given as `after`, continues it, and `paging.before` asks for what has come since.

        **No** is `{Problem.MediaType}` (RFC 9457): `code` for programs, `detail` for people, `errors` with a
        pointer to each offending member. Every code is explained [here](/problems), which is also where `type`
        leads. The stages answer in order: transport, parsing, caller, rules, what is there, how it stands; the
        first that refuses answers with all it has found. Business never answers 500.
        What is not HTTP at all never gets as far as that: the web server refuses it without a body (400, 408, 414, 431
        or 505) and closes the connection. So it does with a path that has `%00` or a byte beyond ASCII in it, a
        request without one `Host`, and one of more than twice the sizes below.

        **Limits.** {SessionRules.MostLines} lines of at most {SessionRules.MostOfOneLine} each,
        {SessionRules.MostPayments} payments, instructions of {SessionRules.LongestInstructions} characters, paths
        of {TransportLimits.LongestTarget / 1024} KiB with their query, {TransportLimits.MostHeaders} headers of
        {TransportLimits.LargestHeaders / 1024} KiB together. A body has {JsonBody.PatienceInSeconds} seconds to arrive
        (408). A caller has a number of bodies that are still on their way, of requests that wait and of event
        streams, and an address a number of connections; the operator sets them, and one more is refused (429) or ends
        the oldest (408).
        """;

    /// <summary>The tags, in the order for a reader.</summary>
    public static IEnumerable<OpenApiTag> Tags =>
    [
        Tag("Checkout sessions", "Opening, pricing, reading and ending sessions."),
        Tag("Hosted checkout", "Web shops of merchants open sessions, and their customers pay on the hosted page."),
        Tag("Webhooks", "What happens in a merchant's stores: sent to its servers, and in a feed that they read."),
        Tag("Registers and wallets", "Registers of merchants' stores, and where their takings wait to be paid out."),
        Tag("Subscriptions", "Customers who pay merchants again and again, each time on their phone."),
        Tag("Payment links", "Addresses of merchants that open a hosted session for each visitor."),
        Tag("Cart", "What an app user is about to buy, of several kitchens, and how it is paid in one piece."),
        Tag("Slips", "Paper that is paid at the cashier's: printed, found again, paid, issued anew."),
        Tag("Bills", "What tables owe: rounds are put onto a bill, and paid together."),
        Tag("Orders", "What was paid for, or stands on a bill."),
        Tag("Kitchen", "What there is to cook, as a list and as it comes."),
        Tag("Menu", "What a kitchen sells."),
        Tag("Stock", "What there is of each item: received, wasted, counted."),
        Tag("Customers", "The guests whom a kitchen knows, and their prepaid balances."),
        Tag("Staff sessions", "Signing in and out at a till, with staff number and PIN."),
        Tag("Staff", "Who works in a kitchen."),
        Tag("Devices", "Tills and kiosks, and how they are paired."),
        Tag("Tables", "Tables whose guests order by QR code."),
        Tag("Kitchen settings", "What a kitchen sets for itself, and its own ways to be paid."),
        Tag("Payment accounts", "A kitchen's own accounts at mobile-money aggregators."),
        Tag("Reports", "What a kitchen sold and was paid, day by day."),
        Tag("Account", "The app user's own account."),
        Tag("Operator", "For whoever runs the platform."),
        Tag("Health", "For whoever watches the process."),
    ];

    private static OpenApiTag Tag(string name, string description) => new() { Name = name, Description = description };
}
