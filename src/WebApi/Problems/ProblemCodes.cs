namespace JikoXpress.WebApi.Problems;

/// <summary>All problem codes, for the API document, the pages under /problems and the endpoints.</summary>
internal static partial class ProblemCodes
{
    /// <summary>The codes in the order in which a request is checked.</summary>
    public static IReadOnlyList<ProblemChapter> Chapters { get; } =
    [
        new("Reaching the API", Transport),
        new("Understanding the request", Parsing),
        new("Who calls", Access),
        new("What a body may say", Shape),
        new("Which session a channel opens", Terms),
        new("Paying", Payments),
        new("What is there", There),
        new("How things stand", State),
        new("Orders and tickets", Orders),
        new("Running a kitchen", Management),
    ];

    /// <summary>Additional members that only some problems have.</summary>
    public static IReadOnlyList<ProblemDetail> Details { get; } =
    [
        Text("allowed", "channel-fulfillment-not-allowed: what the channel serves, separated by commas."),
        Number("expectedTotal", "payments-total-mismatch: what there is to pay, in whole shillings."),
        Number("receivedTotal", "payments-total-mismatch: what the payments come to, in whole shillings."),
        Number("available", "insufficient-wallet-balance: what can be spent, in whole shillings."),
        Text("orderId", "already-confirmed: the order that exists.", "uuid"),
        Text("menuId", "menu-item-unavailable, of a cart: the item.", "uuid"),
        Text("groupId", "cart-checkout-in-progress and session-in-group: the checkout group.", "uuid"),
        Text("sessionStatus", "session-not-pending: the session's status."),
        Text("orderStatus", "order-answered: the order's status."),
        Text("ticketStatus", "ticket-closed: the ticket's status."),
        Text("billId", "order-on-bill: the bill.", "uuid"),
        Number("refundable", "What is left: shillings with refund-exceeds-paid, a quantity with refund-exceeds-items."),
        Text("until", "slip-payment-in-progress: when the other payment expires at the latest.", "date-time"),
    ];

    /// <exception cref="KeyNotFoundException">There is no such code.</exception>
    public static ProblemCode Of(string code) => ByCode[code];

    public static ProblemCode? Find(string code) => ByCode.GetValueOrDefault(code);

    private static Dictionary<string, ProblemCode> ByCode { get; } =
        Chapters.SelectMany(chapter => chapter.Codes).ToDictionary(row => row.Code, StringComparer.Ordinal);

    private static ProblemDetail Text(string name, string description, string? format = null) =>
        new(name, IsNumber: false, description, format);

    private static ProblemDetail Number(string name, string description) =>
        new(name, IsNumber: true, description, "int64");
}
