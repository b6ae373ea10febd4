using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Payments;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Payments;

/// <summary>What an operator has to look into, and what settles it.</summary>
internal static class UnresolvedPaymentEndpoints
{
    public static void MapUnresolvedPayments(this IEndpointRouteBuilder api)
    {
        var operators = api.MapGroup("/operator").WithTags("Operator");

        operators.MapGet("/unresolved-payments", List)
            .Allow(Callers.Operator)
            .Describe("listUnresolvedPayments", "List all payments by phone without an end",
                "Newest first, each with the requests that settle it in `actions`. ATTEMPT: a push that has no outcome "
                + "some 20 seconds after it began. PARKED: money in suspense. EXCEPTION: what no rule can decide. "
                + "REFUND: a refund that is not paid yet; it is tried on. RETURN: money that nobody has claimed, on "
                + "its way back to the phone. CONFLICT: a receipt that was told of under two references. "
                + "FORGED_WEBHOOKS: how many webhooks of a day proved nothing; a few are noise, many are an attack, "
                + "or a wrong key.")
            .Asks<ListUnresolvedPaymentsQuery>().Gives<ListView<UnresolvedPaymentView>>(200);

        operators.MapGet("/reconciliations", ListReconciliations)
            .Allow(Callers.Operator)
            .Describe("listReconciliations", "List the comparisons of aggregators' lists with the books",
                "The latest day first. An account is compared an hour after the business day, if its aggregator gives "
                + "lists. What is missing here is asked about, or listed as UNKNOWN_REFERENCE; what is missing there "
                + "is listed as NOT_LISTED, and what differs as AMOUNT_DIFFERS, in `listAllPaymentExceptions`.")
            .Asks<ListReconciliationsQuery>().Gives<ListView<ReconciliationView>>(200);

        operators.MapPost("/payment-attempts/{reference:length(20)}/ask", Ask)
            .Allow(Callers.Operator)
            .Describe("askAboutPaymentAttempt", "Ask the aggregator now what became of a push",
                "It is asked within a second, and never twice in ten seconds; what it says changes the session.")
            .HeedsNoKey("Repeating it does no harm.")
            .TakesNothing().Gives<PaymentQuestionView>(202);

        operators.MapPost("/payment-conflicts/{id:uuid}/close", Close)
            .Allow(Callers.Operator)
            .Describe("closePaymentConflict", "Close a conflict that is settled with the aggregator",
                "It leaves the list of what is unresolved; the audit trail says who closed it.")
            .HeedsNoKey("Repeating it does no harm.")
            .TakesNothing().Gives<PaymentConflictView>(200);
    }

    private static Task<IResult> List(HttpContext http, IUnresolvedPayments payments, TimeProvider clock)
    {
        var query = new Query(http);
        var minutes = query.Whole("olderThanMinutes", 0, 0, ListUnresolvedPaymentsQuery.OldestMinutes);
        var filter = new UnresolvedFilter(
            query.WireName<UnresolvedKind>("kind"), query.Text("adapter"),
            query.Parsed<Guid>("kitchenId", Uuid.Parse, "invalid-type", "kitchenId is a UUID."),
            minutes > 0 ? clock.GetUtcNow() - TimeSpan.FromMinutes(minutes) : null);
        return query.Listed(
            "unresolved", asked => payments.List(filter, asked), item => new Cursor(item.At, item.Id),
            UnresolvedPaymentView.Of, SessionJson.Default.ListViewUnresolvedPaymentView);
    }

    private static Task<IResult> ListReconciliations(HttpContext http, IReconciliationReads reconciliations)
    {
        var query = new Query(http);
        var (adapter, state) = (query.Text("adapter"), query.WireName<ReconciliationState>("status"));
        return query.Listed(
            "reconciliations", asked => reconciliations.List(adapter, state, asked),
            item => new Cursor(new DateTimeOffset(item.Day, TimeOnly.MinValue, TimeSpan.Zero), item.Id),
            ReconciliationView.Of, SessionJson.Default.ListViewReconciliationView);
    }

    private static async Task<IResult> Ask(string reference, HttpContext http, PaymentQuestions questions)
    {
        var body = await JsonBody.ReadIfAny(http);
        if (body.Refusal() is { } refused) return refused;
        return await questions.AskNow(reference)
            ? new Answer<PaymentQuestionView>(
                StatusCodes.Status202Accepted, new PaymentQuestionView(reference),
                SessionJson.Default.PaymentQuestionView)
            : Problem.Of(PaymentRefusals.PaymentNotFound);
    }

    private static async Task<IResult> Close(Guid id, HttpContext http, IPaymentConflicts conflicts)
    {
        var body = await JsonBody.ReadIfAny(http);
        if (body.Refusal() is { } refused) return refused;
        return await conflicts.Close(id, http.Principal.Caller.Id) is { } closed
            ? new Answer<PaymentConflictView>(
                StatusCodes.Status200OK, PaymentConflictView.Of(closed), SessionJson.Default.PaymentConflictView)
            : Problem.Of(PaymentExceptionRefusals.NotFound);
    }
}

/// <param name="Kind">Only of this kind.</param>
/// <param name="Adapter">Only of this account at an aggregator, by its name.</param>
/// <param name="KitchenId">Only of this kitchen.</param>
/// <param name="OlderThanMinutes">Only what began so long ago.</param>
internal sealed record ListUnresolvedPaymentsQuery(
    UnresolvedKind? Kind, string? Adapter, Guid? KitchenId,
    [Range(0, ListUnresolvedPaymentsQuery.OldestMinutes), DefaultValue(0)] int? OlderThanMinutes) : PageQuery
{
    /// <summary>A year.</summary>
    public const int OldestMinutes = 525_600;
}

/// <summary>Something in payments by phone that has no end yet.</summary>
/// <param name="ExceptionKind">Of an EXCEPTION, and of a RETURN.</param>
/// <param name="Adapter">The account at the aggregator.</param>
/// <param name="ProviderReference">The aggregator's own id.</param>
/// <param name="Amount">In the smallest unit of its currency.</param>
/// <param name="Currency">Of the amount; left out where there is none.</param>
/// <param name="Since">When it began.</param>
/// <param name="NextAt">When the aggregator is asked, or the refund is tried, next; left out when it is not.</param>
/// <param name="Times">How often that was done; of FORGED_WEBHOOKS, how many there were.</param>
/// <param name="Actions">The requests that settle it; empty where nothing has to be done, or can be.</param>
internal sealed record UnresolvedPaymentView(
    Guid Id, UnresolvedKind Kind, PaymentExceptionKind? ExceptionKind, string Adapter, string? Reference,
    string? ProviderReference, string? Receipt, Guid? KitchenId, Guid? SessionId, Money? Amount, string? Currency,
    string? PhoneNumber, DateTimeOffset Since, DateTimeOffset? NextAt, long? Times, IReadOnlyList<ActionView> Actions)
{
    public string Object { get; } = "unresolved_payment";

    public static UnresolvedPaymentView Of(UnresolvedPayment item) => new(
        item.Id, item.Kind, item.ExceptionKind, item.Adapter, item.Reference, item.ProviderReference, item.Receipt,
        item.KitchenId, item.SessionId, item.Amount, item.Currency?.WireName, item.PhoneNumber, item.At,
        item.NextAt, item.Times, [.. ActionsOf(item)]);

    private static IEnumerable<ActionView> ActionsOf(UnresolvedPayment item) => item.Kind switch
    {
        UnresolvedKind.Attempt => [Post("ask", $"/operator/payment-attempts/{item.Reference}/ask")],
        UnresolvedKind.Parked =>
            [Post("decide", $"/kitchens/{item.KitchenId}/parked-payments/{item.Reference}/decide")],
        UnresolvedKind.Exception =>
            [Post("resolve", $"/operator/payment-exceptions/{item.Id}/resolve", DecisionsOf(item.ExceptionKind))],
        UnresolvedKind.Conflict => [Post("close", $"/operator/payment-conflicts/{item.Id}/close")],
        UnresolvedKind.Refund or UnresolvedKind.Return or UnresolvedKind.ForgedWebhooks => [],
    };

    /// <summary>Cash comes out of a drawer of the kitchen, by its managers.</summary>
    private static PaymentExceptionDecision[] DecisionsOf(PaymentExceptionKind? kind) =>
        [.. kind?.Decisions.Where(decision => decision is not PaymentExceptionDecision.Cash) ?? []];

    private static ActionView Post(string name, string path, params PaymentExceptionDecision[] decisions) =>
        new(name, "POST", $"/api/v1{path}", decisions.Length == 0 ? null : decisions);
}

/// <summary>A request that settles something.</summary>
/// <param name="Decisions">What `decision` of its body may be.</param>
internal sealed record ActionView(
    string Name, string Method, string Href, IReadOnlyList<PaymentExceptionDecision>? Decisions);

/// <param name="Adapter">Only of this account at an aggregator, by its name.</param>
/// <param name="Status">Only with this status.</param>
internal sealed record ListReconciliationsQuery(string? Adapter, ReconciliationState? Status) : PageQuery;

/// <summary>The comparison of a day's list of an aggregator with the books.</summary>
/// <param name="Adapter">The account at the aggregator.</param>
/// <param name="Day">In East Africa Time.</param>
/// <param name="Status">FAILED: the aggregator gave no list for a day.</param>
/// <param name="Listed">Payments in its list.</param>
/// <param name="ListedAmount">In whole shillings.</param>
/// <param name="Counted">Payments that began that day and are paid in the books.</param>
/// <param name="CountedAmount">In whole shillings.</param>
/// <param name="MissingHere">References that its list has and the books have not.</param>
/// <param name="MissingThere">References that the books have and its list has not.</param>
/// <param name="Differing">References with another amount there than here.</param>
internal sealed record ReconciliationView(
    Guid Id, string Adapter, DateOnly Day, ReconciliationState Status, DateTimeOffset? DoneAt, int Listed,
    Money ListedAmount, int Counted, Money CountedAmount, int MissingHere, int MissingThere, int Differing)
{
    public string Object { get; } = "reconciliation";

    public string Currency { get; } = "TZS";

    public static ReconciliationView Of(Reconciliation day) => new(
        day.Id, day.Adapter, day.Day, day.State, day.DoneAt, day.Listed, day.ListedAmount, day.Counted,
        day.CountedAmount, day.MissingHere, day.MissingThere, day.Differing);
}

/// <summary>A question to an aggregator.</summary>
/// <param name="Reference">Of the payment that it is asked about.</param>
internal sealed record PaymentQuestionView(string Reference)
{
    public string Object { get; } = "payment_question";
}
