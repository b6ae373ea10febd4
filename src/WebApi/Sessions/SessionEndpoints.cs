using System.Diagnostics;
using JikoXpress.Domain;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Carts;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Sessions;

/// <summary>Opening, paying and ending checkout sessions.</summary>
internal static class SessionEndpoints
{
    private static AllowedCaller Sellers { get; } = Callers.Staff(StaffRole.Cashier, StaffRole.Manager);

    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("/checkout-sessions").WithTags("Checkout sessions");

        sessions.MapPost("", Open)
            .Allow(Sellers, Callers.Kiosk, Callers.TableGuest, Callers.AppUser, Callers.Bot)
            .Describe("openCheckoutSession", "Open a checkout session",
                "Prices the items from the kitchen's menu, keeps them and takes the payments, all or nothing. "
                + "When every payment is final the session is CONFIRMED and its order placed; otherwise it waits. With "
                + "`fromCart` the app user's cart is bought: the answer is a checkout group, with a session for each "
                + "of its kitchens. Those are kept, paid and confirmed together, or not at all, by one payment of each "
                + "method.")
            .Takes<OpenSessionBody>().Heeds(Heading.Key, Heading.Tag, Heading.Place)
            .Gives<SessionView>(201).OrGives<CheckoutGroupView>()
            .Refuses([.. SessionCodes.Opening, .. SessionCodes.CheckingOut]);

        sessions.MapPost("/preview", Preview)
            .In(Lane.Reading)
            .Allow(Sellers, Callers.Kiosk, Callers.TableGuest, Callers.AppUser, Callers.Bot)
            .Describe("previewCheckoutSession", "Price a checkout session",
                "Answers what the session would cost, or all that speaks against it. Nothing is kept; payments may be "
                + "left out.")
            .Takes<OpenSessionBody>().Gives<QuoteView>(200).Refuses(SessionCodes.Opening);

        sessions.MapPost("/{id:uuid}/confirm-slip", ConfirmSlip)
            .In(Lane.Settling)
            .Allow(Sellers)
            .Describe("confirmSlip", "Take the money for a slip",
                "The amounts come to the slip's total. 200 when it is paid and the order placed; 202 while a part of "
                + "the payment is awaited, during which the slip is locked to this attempt.")
            .Takes<ConfirmSlipBody>().Heeds(Heading.Key, Heading.Match, Heading.Tag)
            .Gives<SessionView>(200).Gives<SessionView>(202).Refuses(SessionCodes.Confirming);

        sessions.MapPost("/{id:uuid}/cancel", Cancel)
            .In(Lane.Settling)
            .Allow(Sellers, Callers.Kiosk, Callers.TableGuest, Callers.AppUser, Callers.Bot)
            .Describe("cancelCheckoutSession", "Cancel a checkout session",
                "Only while it waits for payment. The items are free again; money taken has to be handed back. A "
                + "session of a checkout group ends with its group only.")
            .TakesNothing().Heeds(Heading.Key, Heading.Match, Heading.Tag)
            .Gives<SessionView>(200).Refuses("session-not-pending", "session-in-group");

        sessions.MapPost("/{id:uuid}/expire", ExpireEarly)
            .In(Lane.Settling)
            .Allow(Sellers, Callers.Merchant)
            .Describe("expireCheckoutSession", "End a checkout session before its time",
                "As if its time were over now; only while it waits for payment.")
            .TakesNothing().Heeds(Heading.Key, Heading.Match, Heading.Tag)
            .Gives<SessionView>(200).Refuses("session-not-pending", "session-in-group");

        sessions.MapPost("/{id:uuid}/return-money", ReturnMoney)
            .In(Lane.Settling)
            .Allow(Sellers)
            .Describe("returnMoney", "Hand back the money of a session that came to nothing",
                "Records that the guest has got back what `moneyToReturn` says, from this till.")
            .TakesNothing().Heeds(Heading.Key, Heading.Match, Heading.Tag)
            .Gives<SessionView>(200).Refuses("nothing-to-return");

        sessions.MapPost("/{id:uuid}/reissue", Reissue)
            .Allow(Sellers, Callers.Kiosk, Callers.TableGuest)
            .Describe("reissueSlip", "Issue an expired slip anew",
                "Opens a new session with the same items at today's prices, and keeps them anew.")
            .TakesNothing().Heeds(Heading.Key, Heading.Tag, Heading.Place)
            .Gives<SessionView>(201).Refuses(SessionCodes.Reissuing);
    }

    private static async Task<IResult> Open(
        HttpContext http, IGrainFactory grains, TimeProvider clock, TableRates rates)
    {
        var body = await JsonBody.Read(http);
        var command = body.OpenSession(http.Principal) with { Operation = body.Operation() };
        var isCart = command is { Channel: Channel.App, FromCart: true };
        return rates.TooManyOrders(http)
            ?? body.Malformed
            ?? http.NotPermittedOn(command.Channel)
            ?? http.NotItsKitchen(command.KitchenId)
            ?? body.Broken(() => isCart ? CartRules.Broken(command) : SessionRules.Broken(command))
            ?? http.NotItsTable(command)
            ?? http.TooManyCodes(command.Payments)
            ?? (isCart ? http.CheckedOut(await grains.Cart(http.Principal.Id).CheckOut(command, http.Patience)) : null)
            ?? http.Opened(http.Counted(
                await grains.Session(NewId(command.Operation, clock)).Open(command, http.Patience)));
    }

    private static async Task<IResult> Preview(HttpContext http, ISessionPreview preview)
    {
        var body = await JsonBody.Read(http);
        var command = body.OpenSession(http.Principal);
        return body.Malformed
            ?? http.NotPermittedOn(command.Channel)
            ?? http.NotItsKitchen(command.KitchenId)
            ?? body.Broken(() => SessionRules.BrokenPreview(command))
            ?? http.NotItsTable(command)
            ?? Priced(await preview.Preview(command));
    }

    private static async Task<IResult> ConfirmSlip(Guid id, HttpContext http, IGrainFactory grains)
    {
        var body = await JsonBody.Read(http);
        var command = body.ConfirmSlip(http.Principal.Caller);
        var session = grains.Session(id);
        return body.Malformed
            ?? body.Broken(() => SessionRules.BrokenPayments(command))
            ?? await http.Mismatch(session)
            ?? http.TooManyCodes(command.Payments)
            ?? http.PaidOrAwaited(http.Counted(await session.ConfirmSlip(command, http.Patience)));
    }

    private static Task<IResult> Cancel(Guid id, HttpContext http, IGrainFactory grains) => Change(
        http, grains.Session(id),
        (session, by, operation) => session.Cancel(new CancelSession(by, operation), http.Patience));

    private static Task<IResult> ExpireEarly(Guid id, HttpContext http, IGrainFactory grains) => Change(
        http, grains.Session(id),
        (session, by, operation) => session.ExpireEarly(new ExpireSession(by, operation), http.Patience));

    private static Task<IResult> ReturnMoney(Guid id, HttpContext http, IGrainFactory grains) => Change(
        http, grains.Session(id),
        (session, by, operation) => session.ReturnMoney(new ReturnMoney(by, operation), http.Patience));

    private static async Task<IResult> Reissue(Guid id, HttpContext http, IGrainFactory grains, TimeProvider clock)
    {
        var body = await JsonBody.ReadIfAny(http);
        var operation = body.Operation();
        if ((body.Malformed ?? body.Broken()) is { } problem) return problem;

        var now = clock.GetUtcNow();
        var old = (await grains.Session(id).Read()).State.AsOf(now);
        var (command, refusal) = old.Reissue(http.Principal.Caller, operation, now);
        return command is null
            ? Problem.Of(refusal ?? SessionRefusals.NotFound)
            : http.Opened(await grains.Session(NewId(operation, clock)).Open(command, http.Patience));
    }

    /// <summary>A command without members; its body may be left out.</summary>
    private static async Task<IResult> Change(
        HttpContext http,
        ICheckoutSessionGrain session,
        Func<ICheckoutSessionGrain, Caller, Operation?, Task<Reply<Session>>> command)
    {
        var body = await JsonBody.ReadIfAny(http);
        var operation = body.Operation();
        return body.Malformed
            ?? body.Broken()
            ?? await http.Mismatch(session)
            ?? http.Answered(await command(session, http.Principal.Caller, operation));
    }

    /// <summary>The id is derived from an Idempotency-Key, so a retry finds the first request's session.</summary>
    private static Guid NewId(Operation? operation, TimeProvider clock) =>
        operation?.Id ?? Guid.CreateVersion7(clock.GetUtcNow());

    private static IResult Priced(Reply<Quote> reply) => reply switch
    {
        Reply<Quote>.Accepted({ } quote, _, _) => new Answer<QuoteView>(
            StatusCodes.Status200OK,
            new QuoteView(quote.Total, [.. quote.Lines.Select(SessionViews.Line)]),
            SessionJson.Default.QuoteView),
        Reply<Quote>.Refused(var refusals) => Problem.Of(refusals),
        _ => throw new UnreachableException("A reply must be accepted or refused."),
    };
}
