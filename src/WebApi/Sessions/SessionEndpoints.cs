using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Carts;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Problems;
using static JikoXpress.Domain.Sessions.SessionRules;

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
            .Refuses([.. SessionCodes.Opening, .. SessionCodes.Ringing, .. SessionCodes.CheckingOut]);

        sessions.MapPost("/preview", Preview)
            .In(Lane.Reading)
            .Allow(Sellers, Callers.Kiosk, Callers.TableGuest, Callers.AppUser, Callers.Bot)
            .Describe("previewCheckoutSession", "Price a checkout session",
                "Answers what the session would cost, or all that speaks against it. Nothing is kept; payments may be "
                + "left out.")
            .HeedsNoKey("Nothing is kept, so it can be repeated.")
            .Takes<OpenSessionBody>().Gives<QuoteView>(200).Refuses(SessionCodes.Opening);

        sessions.MapPost("/{id:uuid}/confirm-slip", ConfirmSlip)
            .In(Lane.Settling)
            .Allow(Sellers)
            .Describe("confirmSlip", "Take the money for a slip",
                "The amounts come to the slip's total. 200 when it is paid and the order placed; 202 while a part of "
                + "the payment is awaited, during which the slip is locked to this attempt, or until a cashier says "
                + "insteadOfPhone.")
            .Takes<ConfirmSlipBody>().Heeds(Heading.Key, Heading.Match, Heading.Tag)
            .Gives<SessionView>(200).Gives<SessionView>(202).Refuses(SessionCodes.Confirming);

        sessions.MapPost("/{id:uuid}/cancel", Cancel)
            .In(Lane.Settling)
            .Allow(Sellers, Callers.Kiosk, Callers.TableGuest, Callers.AppUser, Callers.Bot)
            .Describe("cancelCheckoutSession", "Cancel a checkout session",
                "Only while it waits for payment. The items are free again; money taken has to be handed back. A "
                + "session of a checkout group ends with its group only.")
            .TakesNothing().Heeds(Heading.Key, Heading.Match, Heading.Tag)
            .Gives<SessionView>(200).Refuses("session-not-pending", "session-in-group", "session-of-shop");

        sessions.MapPost("/{id:uuid}/expire", ExpireEarly)
            .In(Lane.Settling)
            .Allow(Sellers)
            .Describe("expireCheckoutSession", "End a checkout session before its time",
                "As if its time were over now; only while it waits for payment.")
            .TakesNothing().Heeds(Heading.Key, Heading.Match, Heading.Tag)
            .Gives<SessionView>(200).Refuses("session-not-pending", "session-in-group", "session-of-shop");

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
        var command = body.As<OpenSessionBody>().Command(http.Principal, body.Operation());
        var isCart = command is { Channel: Channel.App, FromCart: true };
        return rates.TooManyOrders(http)
            ?? body.Malformed
            ?? http.NotPermittedOn(command.Channel)
            ?? http.NotItsKitchen(command.KitchenId)
            ?? body.Broken(command)
            ?? http.NotItsTable(command)
            ?? http.TooManyCodes(command.Payments)
            ?? (isCart ? http.CheckedOut(await grains.Cart(http.Principal.Id).CheckOut(command, http.Patience)) : null)
            ?? http.Opened(http.Counted(
                await grains.Session(NewId(command.Operation, clock)).Open(command, http.Patience)));
    }

    private static async Task<IResult> Preview(HttpContext http, ISessionPreview preview)
    {
        var body = await JsonBody.Read(http);
        var command = body.As<OpenSessionBody>().Command(http.Principal, operation: null);
        return body.Malformed
            ?? http.NotPermittedOn(command.Channel)
            ?? http.NotItsKitchen(command.KitchenId)
            ?? body.Broken(() => BrokenPreview(command))
            ?? http.NotItsTable(command)
            ?? Priced(await preview.Preview(command));
    }

    private static async Task<IResult> ConfirmSlip(Guid id, HttpContext http, IGrainFactory grains)
    {
        var body = await JsonBody.Read(http);
        var command = body.As<ConfirmSlipBody>().Command(http.Principal.Caller, body.Operation());
        var session = grains.Session(id);
        return body.Refusal(command)
            ?? await http.Mismatch(session, command.Operation)
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
        var command = new ReissueSlip(http.Principal.Caller, NewId(operation, clock), operation);
        return body.Refusal()
            ?? http.Opened(await grains.Session(id).Reissue(command, http.Patience));
    }

    /// <summary>A command without members; its body may be left out.</summary>
    private static async Task<IResult> Change(
        HttpContext http,
        ICheckoutSessionGrain session,
        Func<ICheckoutSessionGrain, Caller, Operation?, Task<Reply<Session>>> command)
    {
        var body = await JsonBody.ReadIfAny(http);
        var operation = body.Operation();
        return body.Refusal()
            ?? await http.Mismatch(session, operation)
            ?? http.Answered(await command(session, http.Principal.Caller, operation));
    }

    /// <summary>The id is derived from an Idempotency-Key, so a retry finds the first request's session.</summary>
    private static Guid NewId(Operation? operation, TimeProvider clock) =>
        operation?.Id ?? Guid.CreateVersion7(clock.GetUtcNow());

    private static IResult Priced(Reply<Quote> reply) => reply switch
    {
        Reply<Quote>.Accepted({ } quote, _, _) => new Answer<QuoteView>(
            StatusCodes.Status200OK,
            new QuoteView(quote.Total, [.. quote.Lines.Select(SessionViews.Line)])
            {
                Currency = quote.Currency.WireName,
            },
            SessionJson.Default.QuoteView),
        Reply<Quote>.Refused(var refusals) => Problem.Of(refusals),
        _ => throw new UnreachableException("A reply must be accepted or refused."),
    };
}

/// <summary>A checkout session to open or to price.</summary>
/// <param name="Channel">Where the guest orders; must be the channel of the token.</param>
/// <param name="SessionType">IMMEDIATE is paid at once, SLIP at the cashier, TAB at the end of the meal.</param>
/// <param name="FulfillmentType">How the guest gets the food.</param>
/// <param name="Items">The ordered items; prices come from the kitchen's menu. Left out with fromCart.</param>
/// <param name="Payments">For IMMEDIATE only. The amounts must add up to the total.</param>
/// <param name="TableNumber">For DINE_IN.</param>
/// <param name="LaneNumber">For DRIVE_THROUGH.</param>
/// <param name="Tag">A name to call the guest by.</param>
/// <param name="OrderInstructions">Instructions for the kitchen; may have line breaks.</param>
/// <param name="CustomerPhone">For WHATSAPP: the guest's phone number.</param>
/// <param name="DeliveryAddress">For DELIVERY.</param>
/// <param name="KitchenId">For APP and WHATSAPP. On other channels the token determines the kitchen.</param>
/// <param name="FromCart">For APP: true takes the items from the cart.</param>
/// <param name="BillId">For TAB: the open bill to which this round is added.</param>
/// <param name="ClientReference">The caller's own reference for the session; lists can filter on it.</param>
internal sealed record OpenSessionBody(
    Channel Channel,
    SessionType SessionType,
    FulfillmentType FulfillmentType,
    [Length(1, MostLines)] IReadOnlyList<ItemBody>? Items = null,
    [Length(1, MostPayments)] IReadOnlyList<PaymentBody>? Payments = null,
    [Length(1, LongestTableNumber)] string? TableNumber = null,
    [Length(1, LongestLaneNumber)] string? LaneNumber = null,
    [Length(1, LongestTag)] string? Tag = null,
    [Lines, Length(1, LongestInstructions)] string? OrderInstructions = null,
    [RegularExpression(Patterns.Phone)] string? CustomerPhone = null,
    AddressBody? DeliveryAddress = null,
    [NotTakenOn(Channel.Pos, Channel.Kiosk, Channel.TableQr)] Guid? KitchenId = null,
    bool? FromCart = null,
    Guid? BillId = null,
    [Length(1, LongestClientReference)] string? ClientReference = null)
{
    /// <summary>If customerPhone is left out, the phone number of the caller's app account is used.</summary>
    public OpenSession Command(Principal by, Operation? operation) => new(
        by.Caller, SessionType, Channel, FulfillmentType,
        Items?.Select(item => new LineRequest(item.MenuId, item.Quantity, item.ItemInstructions)).ToSequence(),
        Payments?.Requests(), TableNumber, LaneNumber, Tag, OrderInstructions, CustomerPhone ?? by.Phone,
        DeliveryAddress?.Address(), KitchenId, FromCart, BillId, ClientReference, Operation: operation,
        LiveMode: by.LiveMode);
}

/// <summary>One line of an order.</summary>
/// <param name="MenuId">The item of the kitchen's menu.</param>
/// <param name="ItemInstructions">Instructions for the cook about this line; may have line breaks.</param>
internal sealed record ItemBody(
    Guid MenuId,
    [Range(1, MostOfOneLine)] int Quantity,
    [Lines, Length(1, LongestInstructions)] string? ItemInstructions = null);

/// <summary>One payment of several that pay together. A single payment is a list of one.</summary>
/// <param name="Amount">In whole shillings.</param>
/// <param name="KitchenCustomerId">For KITCHEN_WALLET only: the customer whose balance pays.</param>
/// <param name="KitchenPaymentMethodId">For KITCHEN_CHANNEL only: the kitchen's payment method.</param>
/// <param name="PhoneNumber">
/// For MOBILE_MONEY: the phone that pays, if it is not the customer's. For KITCHEN_CHANNEL: the phone to ring by the
/// kitchen's own account, or the one that pays the till, by which its notification is found.
/// </param>
/// <param name="Provider">For MOBILE_MONEY: the network, if the number's prefix does not show it.</param>
/// <param name="WalletAuthorization">
/// For PLATFORM_WALLET at the till: the code that the app user shows (`authorizeWallet`). With the code the payment is
/// taken at once. Without it the payment waits until the user approves it.
/// </param>
/// <param name="Tendered">
/// For CASH: the money that the guest hands over, in whole shillings. The answer has the `change`; the drawer keeps
/// the amount.
/// </param>
/// <param name="Receipt">
/// For KITCHEN_CHANNEL: the network's receipt that the cashier has seen. The payment is then made, whatever its method
/// waits for otherwise. Each receipt counts once; blanks, dots and small letters do not matter.
/// </param>
internal sealed record PaymentBody(
    PaymentMethod PaymentMethod,
    Money Amount,
    Guid? KitchenCustomerId = null,
    Guid? KitchenPaymentMethodId = null,
    [RegularExpression(Patterns.Phone)] string? PhoneNumber = null,
    [Length(1, LongestProvider)] string? Provider = null,
    string? WalletAuthorization = null,
    Money? Tendered = null,
    [RegularExpression(ReceiptCode.Pattern)] string? Receipt = null)
{
    public PaymentRequest Request() => new(
        PaymentMethod, Amount, KitchenCustomerId, KitchenPaymentMethodId, PhoneNumber, Provider, WalletAuthorization,
        Tendered: Tendered, Receipt: Receipt);
}

/// <summary>A delivery address.</summary>
/// <param name="Notes">Notes for the rider; may have line breaks.</param>
/// <param name="Latitude">In degrees; negative in the south.</param>
/// <param name="Longitude">In degrees; negative in the west.</param>
internal sealed record AddressBody(
    [Length(1, LongestAddressPart)] string Street,
    [Length(1, LongestAddressPart)] string Area,
    [Length(1, LongestAddressPart)] string City,
    [Lines, Length(1, LongestInstructions)] string? Notes = null,
    [Range(-90, 90)] double? Latitude = null,
    [Range(-180, 180)] double? Longitude = null)
{
    public DeliveryAddress Address() => new(Street, Area, City, Notes, Latitude, Longitude);
}

/// <summary>The payments for a slip.</summary>
/// <param name="Payments">The amounts must add up to the slip's total.</param>
/// <param name="InsteadOfPhone">
/// True ends a payment that still waits for a phone, asked by a cashier or from the slip's page. What that phone still
/// pays goes back to it.
/// </param>
internal sealed record ConfirmSlipBody(
    [Length(1, MostPayments)] IReadOnlyList<PaymentBody> Payments, bool? InsteadOfPhone = null)
{
    public ConfirmSlip Command(Caller by, Operation? operation) =>
        new(by, Payments.Requests(), operation, InsteadOfPhone is true);
}

internal static class PaymentBodies
{
    public static Sequence<PaymentRequest> Requests(this IReadOnlyList<PaymentBody> payments) =>
        payments.Select(payment => payment.Request()).ToSequence();
}
