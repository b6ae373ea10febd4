using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Ports;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Problems;
using static JikoXpress.Domain.Kitchens.KitchenRules;
using static JikoXpress.WebApi.Management.ManagementCodes;

namespace JikoXpress.WebApi.Management;

/// <summary>A kitchen's settings, and its own payment methods.</summary>
internal static class KitchenEndpoints
{
    public static AllowedCaller Managers { get; } = Callers.Staff(StaffRole.Manager);

    public static void MapKitchens(this IEndpointRouteBuilder api)
    {
        var kitchen = api.MapGroup("/kitchens/{kitchenId:uuid}").WithTags("Kitchen settings");

        kitchen.MapGet("/settings", Get)
            .Allow(Callers.Staff(), Callers.Kiosk, Callers.Operator)
            .Describe("getKitchen", "Get a kitchen's settings", "The kitchen's name and what it has set for itself.")
            .Gives<KitchenView>(200);

        kitchen.MapPatch("/settings", Change)
            .Allow(Managers, Callers.Operator)
            .Describe("changeKitchen", "Change a kitchen's settings",
                "What is left out stays. It counts for sessions that are opened from now on.")
            .Takes<KitchenChangeBody>().Gives<KitchenView>(200)
            .Refuses([.. Texts, "setting-out-of-range", "time-zone-unknown", "currency-in-use"]);

        kitchen.MapGet("/payment-methods", List)
            .Allow(Callers.Staff(), Callers.Operator)
            .Describe("listPaymentMethods", "List a kitchen's own payment methods", "Those switched off included.")
            .Gives<Answers.ListView<KitchenPaymentMethodView>>(200);

        kitchen.MapPost("/payment-methods", Add)
            .Allow(Managers, Callers.Operator)
            .Describe("addPaymentMethod", "Add a payment method of the kitchen's own",
                "Such as a Lipa number, for payments with KITCHEN_CHANNEL. `shape` says who says that one is made.")
            .Takes<NewPaymentMethodBody>().Heeds(Heading.Key).Gives<KitchenPaymentMethodView>(201)
            .Refuses([.. Texts, .. Shapes, "name-taken", "limit-reached"]);

        kitchen.MapPatch("/payment-methods/{methodId:uuid}", ChangeMethod)
            .Allow(Managers, Callers.Operator)
            .Describe("changePaymentMethod", "Change or switch off a payment method",
                "With `active` false no new payment can name it.")
            .Takes<PaymentMethodChangeBody>().Gives<KitchenPaymentMethodView>(200)
            .Refuses([.. Texts, .. Shapes, "name-taken"]);
    }

    private static string[] Shapes { get; } =
        ["till-number-invalid", "till-number-taken", "network-unknown", "account-unknown", "currency-mismatch"];

    /// <summary>
    /// A method may name only an account that rings phones for its kitchen; a till's network pays in shillings.
    /// </summary>
    private static async Task<IResult?> NotForIt(
        Guid kitchenId, ChannelShape? shape, string? account, ICatalogue catalogue, IAggregators aggregators)
    {
        if (shape is not ChannelShape.Till && account is null) return null;
        if (await catalogue.Kitchen(kitchenId) is not { } known) return Problem.Of(KitchenRefusals.NotFound);
        if (shape is ChannelShape.Till && known.Kitchen.Settings.Currency is not Currency.Tzs)
            return Problem.Of(KitchenRefusals.TillCurrency);
        return account is null || aggregators.Takes(account, known.Kitchen, known.PaymentAccounts)
            ? null
            : Problem.Of(KitchenRefusals.AccountUnknown);
    }

    private static async Task<IResult> Get(Guid kitchenId, HttpContext http, IKitchens kitchens) =>
        await http.Elsewhere(kitchenId, kitchens)
        ?? (await kitchens.Find(kitchenId)).Shown(KitchenView.Of, ManagementJson.Default.KitchenView);

    private static async Task<IResult> Change(Guid kitchenId, HttpContext http, IKitchens kitchens)
    {
        var body = await JsonBody.Read(http);
        var change = body.As<KitchenChangeBody>().Command();
        return body.Refusal(() => KitchenRules.Broken(change))
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? (await kitchens.Change(kitchenId, change)).Shown(KitchenView.Of, ManagementJson.Default.KitchenView);
    }

    private static async Task<IResult> List(Guid kitchenId, HttpContext http, IKitchens kitchens, IMenus menus) =>
        (IResult?)await http.Elsewhere(kitchenId, kitchens)
        ?? (await menus.PaymentMethods(kitchenId)).Whole(
            KitchenPaymentMethodView.Of, ManagementJson.Default.ListViewKitchenPaymentMethodView);

    private static async Task<IResult> Add(
        Guid kitchenId, HttpContext http, IKitchens kitchens, IMenus menus, ICatalogue catalogue,
        IAggregators aggregators)
    {
        var body = await JsonBody.Read(http);
        var (method, operation) = (body.As<NewPaymentMethodBody>().Command(), body.Operation());
        return body.Refusal(() => MenuRules.Broken(method))
            ?? (IResult?)await http.Elsewhere(kitchenId, kitchens)
            ?? await NotForIt(kitchenId, method.Shape, method.Account, catalogue, aggregators)
            ?? (await menus.Add(kitchenId, method, operation)).Made(
                KitchenPaymentMethodView.Of, ManagementJson.Default.KitchenPaymentMethodView);
    }

    private static async Task<IResult> ChangeMethod(
        Guid kitchenId, Guid methodId, HttpContext http, IKitchens kitchens, IMenus menus, ICatalogue catalogue,
        IAggregators aggregators)
    {
        var body = await JsonBody.Read(http);
        var change = body.As<PaymentMethodChangeBody>().Command();
        return body.Refusal(() => MenuRules.Broken(change))
            ?? (IResult?)await http.Elsewhere(kitchenId, kitchens)
            ?? await NotForIt(kitchenId, change.Shape, change.Account, catalogue, aggregators)
            ?? (await menus.Change(kitchenId, methodId, change)).Shown(
                KitchenPaymentMethodView.Of, ManagementJson.Default.KitchenPaymentMethodView);
    }
}

/// <summary>Changes of a kitchen.</summary>
internal sealed record KitchenChangeBody(
    SettingsBody? Settings = null, [Length(1, LongestName)] string? Name = null)
{
    public KitchenChange Command() => (Settings?.Change() ?? new KitchenChange()) with { Name = Name };
}

/// <summary>A kitchen's settings.</summary>
/// <param name="TimeZone">A name of the IANA database. Default Africa/Dar_es_Salaam.</param>
/// <param name="DayStartsAt">The local time at which slip numbers start again. Default 04:00.</param>
/// <param name="PaymentTimeoutSeconds">How long a guest has to pay. Default 300.</param>
/// <param name="SlipTimeoutSeconds">How long a slip can be paid. Default 900.</param>
/// <param name="LowStockThreshold">Stock is low at this number of items or fewer. Default 5.</param>
/// <param name="LatePayments">
/// What happens to mobile money that arrives when no session can take it. REFUND (default) sends it back to the phone.
/// CREDIT_KITCHEN_WALLET adds it to the balance of the customer with that phone, and sends it back if there is no such
/// customer. MANUAL keeps it until a decision.
/// </param>
/// <param name="AllowPartPayments">True: a bill can be paid in parts. Default false: it must be paid whole.</param>
/// <param name="ApprovalTimeoutSeconds">
/// How long an order that a guest has paid at the table waits for staff. A reminder is sent after half of the time.
/// Default 600.
/// </param>
/// <param name="UnansweredOrders">
/// What happens to the order after that time: REJECT (default) refunds it, APPROVE sends it to the kitchen.
/// </param>
/// <param name="CashMovementLimit">
/// The most that a cashier may put into a drawer or take out of it at once; a manager moves more. Default 500000.
/// </param>
/// <param name="Currency">
/// Of all amounts of the kitchen, which are whole numbers of its smallest unit: shillings for TZS (default), cents for
/// KES. It is chosen when the kitchen is made, and can change only while there is nothing in it: no dish, no balance,
/// no shift, no sale. Nothing is ever converted.
/// </param>
/// <param name="Country">
/// Where the kitchen is: its guests' phones are of this country. Left out, it is the one whose money the currency is;
/// for XAF, XOF and USD it has to be said. Default TZ.
/// </param>
internal sealed record SettingsBody(
    string? TimeZone = null,
    [RegularExpression(Patterns.TimeOfDay)] TimeOnly? DayStartsAt = null,
    [Range(ShortestTimeoutSeconds, LongestPaymentTimeoutSeconds)] int? PaymentTimeoutSeconds = null,
    [Range(ShortestTimeoutSeconds, LongestSlipTimeoutSeconds)] int? SlipTimeoutSeconds = null,
    [Range(0, LargestThreshold)] int? LowStockThreshold = null,
    LatePaymentPolicy? LatePayments = null,
    bool? AllowPartPayments = null,
    [Range(ShortestTimeoutSeconds, LongestApprovalTimeoutSeconds)] int? ApprovalTimeoutSeconds = null,
    UnansweredOrders? UnansweredOrders = null,
    [Range(0, Domain.Money.MostShillings)] Money? CashMovementLimit = null,
    Currency? Currency = null,
    Country? Country = null)
{
    public KitchenChange Change() => new(
        Name: null, TimeZone, DayStartsAt, Seconds(PaymentTimeoutSeconds), Seconds(SlipTimeoutSeconds),
        LowStockThreshold, LatePayments, AllowPartPayments, ApprovalTimeoutSeconds, UnansweredOrders,
        CashMovementLimit, Currency, Country);

    private static TimeSpan? Seconds(int? seconds) => seconds is { } given ? TimeSpan.FromSeconds(given) : null;
}

/// <summary>A payment method of the kitchen's own, such as a Lipa number.</summary>
/// <param name="Name">Unique in the kitchen.</param>
/// <param name="Provider">The company that runs it; for TILL the network: VODACOM, AIRTEL, TIGO or HALOTEL.</param>
/// <param name="Shape">
/// Who says that a payment is made. ATTESTED (default): a cashier, who has seen it. TILL: the notification of the till
/// number, which somebody has to forward. ACCOUNT: the kitchen's own account at an aggregator, which rings the phone.
/// </param>
/// <param name="TillNumber">The number that guests pay; required for TILL.</param>
/// <param name="Account">For ACCOUNT only: the account's name at this installation.</param>
/// <param name="ReceiptRequired">True: cashiers attest only with the network's receipt. Default false.</param>
internal sealed record NewPaymentMethodBody(
    [Length(1, LongestName)] string Name,
    [Length(1, MenuRules.LongestProvider)] string Provider,
    ChannelShape? Shape = null,
    [RegularExpression(ChannelShapeRules.TillNumberPattern)] string? TillNumber = null,
    [Length(1, ChannelShapeRules.LongestAccount)] string? Account = null,
    bool? ReceiptRequired = null)
{
    public NewPaymentMethod Command() =>
        new(Name, Provider, Shape ?? ChannelShape.Attested, TillNumber, Account, ReceiptRequired ?? false);
}

/// <summary>Changes of a payment method.</summary>
/// <param name="Active">False: it is switched off, and payments cannot use it.</param>
/// <param name="Shape">For payments from now on; those that wait go on waiting as they began.</param>
internal sealed record PaymentMethodChangeBody(
    [Length(1, LongestName)] string? Name = null,
    [Length(1, MenuRules.LongestProvider)] string? Provider = null,
    bool? Active = null,
    ChannelShape? Shape = null,
    [RegularExpression(ChannelShapeRules.TillNumberPattern)] string? TillNumber = null,
    [Length(1, ChannelShapeRules.LongestAccount)] string? Account = null,
    bool? ReceiptRequired = null)
{
    public PaymentMethodChange Command() =>
        new(Name, Provider, Active, Shape, TillNumber, Account, ReceiptRequired);
}
