using System.Diagnostics;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Sessions;

/// <summary>Turns the replies of a session's grain into HTTP answers.</summary>
internal static class SessionAnswers
{
    extension(HttpContext http)
    {
        /// <summary>The answer to an opening: 201 with the Location of the new session.</summary>
        public IResult Opened(Reply<Session> reply) => http.Answered(reply, _ => StatusCodes.Status201Created) switch
        {
            Answer<SessionView> answer => answer with { Location = answer.View.Links.Self },
            var refused => refused,
        };

        /// <summary>The answer to a payment: 202 while the session still waits for a payment, else 200.</summary>
        public IResult PaidOrAwaited(Reply<Session> reply) => http.Answered(
            reply, session => session is Session.Pending ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);

        public IResult Answered(Reply<Session> reply) => http.Answered(reply, _ => StatusCodes.Status200OK);

        /// <summary>The session, if it exists and this caller may see it.</summary>
        public Session.Opened? Visible(Snapshot<Session> snapshot) =>
            snapshot.State is Session.Opened opened && http.Principal.Caller.MaySee(opened.Opening) ? opened : null;

        /// <summary>
        /// The problem if If-Match does not match; null without If-Match or without a session, and for an operation
        /// that is done: it gets its first answer again.
        /// </summary>
        public async Task<Problem?> Mismatch(ICheckoutSessionGrain session, Operation? operation)
        {
            if (http.Request.Headers.IfMatch.Count is 0) return null;
            var snapshot = await session.Read();
            return http.Visible(snapshot) is { } opened && opened.Operations.All(done => done.Id != operation?.Id)
                ? EntityTags.Mismatch(http.Request, StateTag(opened, snapshot.Version))
                : null;
        }

        private IResult Answered(Reply<Session> reply, Func<Session, int> status) => reply switch
        {
            Reply<Session>.Accepted({ } session, var version, var replayed) =>
                http.Shown(status(session), (Session.Opened)session, version) with { Replayed = replayed },
            Reply<Session>.Refused(var refusals) => Problem.Of(refusals),
            _ => throw new UnreachableException("A reply must be accepted or refused."),
        };

        /// <summary>A session's view with its tag.</summary>
        public Answer<SessionView> Shown(int status, Session.Opened session, long version) => new(
            status, SessionViews.For(http.Principal.Kind, session, version), SessionJson.Default.SessionView)
        {
            Tag = $"\"{StateTag(session, version)}\"",
        };
    }

    public static Problem NotFound => Problem.Of(SessionRefusals.NotFound);

    /// <summary>
    /// The version and the length of the timeline. When a deadline has passed and the expiry is not committed yet, the
    /// version is still the old one, but the timeline has a new entry.
    /// </summary>
    public static string StateTag(Session.Opened session, long version) => $"{version}.{session.Timeline.Count}";
}

/// <summary>The problem codes of the session rules, for the API document.</summary>
internal static class SessionCodes
{
    /// <summary>Taking payments.</summary>
    public static string[] Paying { get; } =
    [
        "payments-required", "too-many-payments", "payment-method-not-allowed", "amount-out-of-range",
        "kitchen-customer-required", "kitchen-customer-not-allowed", "kitchen-customer-not-found",
        "kitchen-payment-method-required", "kitchen-payment-method-not-allowed", "kitchen-payment-method-not-found",
        "tendered-not-allowed", "tendered-too-little", "phone-not-allowed", "provider-not-allowed",
        "phone-invalid", "invalid-text", "card-data-not-accepted", "payments-total-mismatch",
        "mobile-money-unavailable", "receipt-required", "receipt-invalid", "receipt-not-allowed",
        "receipt-amount-mismatch", "receipt-used",
        "insufficient-wallet-balance", "wallet-authorization-not-allowed", "wallet-authorization-invalid",
    ];

    /// <summary>Ringing a phone.</summary>
    public static string[] Ringing { get; } = ["phone-busy", "phone-asked-too-often"];

    /// <summary>Opening a session, or pricing one.</summary>
    public static string[] Opening { get; } =
    [
        "channel-not-permitted", "session-type-not-allowed", "channel-fulfillment-not-allowed", "table-required",
        "lane-required", "delivery-address-required", "kitchen-required", "customer-phone-required", "items-required",
        "items-not-allowed", "too-many-items", "quantity-out-of-range", "coordinate-out-of-range", "bill-not-allowed",
        "table-not-allowed", "lane-not-allowed", "delivery-address-not-allowed", "cart-not-allowed",
        "payments-not-allowed", .. Paying, "bill-table-mismatch", "table-mismatch", "not-found",
        "menu-item-not-found", "menu-item-unavailable", "insufficient-stock", "bill-not-open",
        "bill-payment-in-progress",
    ];

    /// <summary>Opening the sessions of a cart.</summary>
    public static string[] CheckingOut { get; } = ["cart-empty", "cart-checkout-in-progress"];

    /// <summary>Paying a slip at the cashier's.</summary>
    public static string[] Confirming { get; } =
    [
        .. Paying, .. Ringing, "slip-expired", "not-a-slip", "already-confirmed", "session-not-pending",
        "slip-payment-in-progress",
    ];

    /// <summary>Taking the rest of a payment that fell short.</summary>
    public static string[] Taking { get; } = [.. Paying, "payments-not-allowed"];

    /// <summary>Reissuing an expired slip.</summary>
    public static string[] Reissuing { get; } =
    [
        "not-a-slip", "already-confirmed", "session-not-pending", "slip-still-valid", "menu-item-not-found",
        "menu-item-unavailable", "insufficient-stock",
    ];
}
