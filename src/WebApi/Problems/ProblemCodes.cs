using JikoXpress.WebApi.Problems.Codes;

namespace JikoXpress.WebApi.Problems;

/// <summary>All problem codes, for the API document, the pages under /problems and the endpoints.</summary>
internal static class ProblemCodes
{
    /// <summary>The codes in the order in which a request is checked.</summary>
    public static IReadOnlyList<ProblemChapter> Chapters { get; } =
    [
        new("Transport", EdgeCodes.Transport),
        new("Parsing the request", EdgeCodes.Parsing),
        new("The caller", EdgeCodes.Access),
        new("The shape of a body", CheckoutCodes.Shape),
        new("Opening a session", CheckoutCodes.Terms),
        new("Paying", CheckoutCodes.Payments),
        new("What exists", CheckoutCodes.There),
        new("The current state", CheckoutCodes.State),
        new("Orders and tickets", OrderCodes.Orders),
        new("Web shops and the hosted page", MerchantCodes.Shops),
        new("Running a kitchen", KitchenCodes.Management),
    ];

    /// <summary>Additional members that only some problems have.</summary>
    public static IReadOnlyList<ProblemDetail> Details { get; } =
    [
        Text("allowed", "What is allowed instead, separated by commas: of a channel, or of a word that is not known."),
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
        Text(
            "until",
            "slip-payment-in-progress: when the other payment expires at the latest. phone-busy and "
            + "phone-asked-too-often: when the phone can be asked again at the latest.",
            "date-time"),
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

/// <summary>A problem code with its explanation: what happened, and what the caller can do.</summary>
/// <param name="Code">For programs; its meaning never changes.</param>
/// <param name="Status">The HTTP status that goes with it.</param>
/// <param name="Happened">One sentence.</param>
/// <param name="ToDo">One or two sentences.</param>
internal sealed record ProblemCode(int Status, string Code, string Happened, string ToDo)
{
    /// <summary>The page that explains the code; the <c>type</c> of its problems.</summary>
    public static string Path(string code) => $"/problems/{code}";

    /// <summary>The code in words; the <c>title</c> of its problems.</summary>
    public static string Title(string code) => char.ToUpperInvariant(code[0]) + code[1..].Replace('-', ' ');
}

/// <summary>A group of related codes.</summary>
internal sealed record ProblemChapter(string Title, IReadOnlyList<ProblemCode> Codes);

/// <summary>An additional member that only some problems have.</summary>
/// <param name="IsNumber">True for a number, false for a text.</param>
internal sealed record ProblemDetail(string Name, bool IsNumber, string Description, string? Format = null);
