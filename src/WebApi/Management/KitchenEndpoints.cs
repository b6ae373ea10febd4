using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
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
            .Refuses([.. Texts, "setting-out-of-range", "time-zone-unknown"]);

        kitchen.MapGet("/payment-methods", List)
            .Allow(Callers.Staff(), Callers.Operator)
            .Describe("listPaymentMethods", "List a kitchen's own payment methods", "Those switched off included.")
            .Gives<Answers.ListView<PaymentMethodView>>(200);

        kitchen.MapPost("/payment-methods", Add)
            .Allow(Managers, Callers.Operator)
            .Describe("addPaymentMethod", "Add a payment method of the kitchen's own",
                "Such as a Lipa number; cashiers attest payments on it with KITCHEN_CHANNEL.")
            .Takes<NewPaymentMethodBody>().Heeds(Heading.Key).Gives<PaymentMethodView>(201)
            .Refuses([.. Texts, "name-taken", "limit-reached"]);

        kitchen.MapPatch("/payment-methods/{methodId:uuid}", ChangeMethod)
            .Allow(Managers, Callers.Operator)
            .Describe("changePaymentMethod", "Change or switch off a payment method",
                "With `active` false no new payment can name it.")
            .Takes<PaymentMethodChangeBody>().Gives<PaymentMethodView>(200).Refuses([.. Texts, "name-taken"]);
    }

    private static async Task<IResult> Get(Guid kitchenId, HttpContext http, IKitchens kitchens) =>
        await http.Elsewhere(kitchenId, kitchens)
        ?? (await kitchens.Find(kitchenId)).Shown(KitchenView.Of, ManagementJson.Default.KitchenView);

    private static async Task<IResult> Change(Guid kitchenId, HttpContext http, IKitchens kitchens)
    {
        var body = await JsonBody.Read(http);
        var change = body.Root.KitchenChange();
        return body.Malformed
            ?? body.Broken(() => KitchenRules.Broken(change))
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? (await kitchens.Change(kitchenId, change)).Shown(KitchenView.Of, ManagementJson.Default.KitchenView);
    }

    private static async Task<IResult> List(Guid kitchenId, HttpContext http, IKitchens kitchens, IMenus menus) =>
        (IResult?)await http.Elsewhere(kitchenId, kitchens)
        ?? (await menus.PaymentMethods(kitchenId)).Whole(
            PaymentMethodView.Of, ManagementJson.Default.ListViewPaymentMethodView);

    private static async Task<IResult> Add(Guid kitchenId, HttpContext http, IKitchens kitchens, IMenus menus)
    {
        var body = await JsonBody.Read(http);
        var (method, operation) = (body.Root.NewPaymentMethod(), body.Operation());
        return body.Malformed
            ?? body.Broken(() => MenuRules.Broken(method))
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? (await menus.Add(kitchenId, method, operation)).Made(
                PaymentMethodView.Of, ManagementJson.Default.PaymentMethodView);
    }

    private static async Task<IResult> ChangeMethod(
        Guid kitchenId, Guid methodId, HttpContext http, IKitchens kitchens, IMenus menus)
    {
        var body = await JsonBody.Read(http);
        var change = body.Root.PaymentMethodChange();
        return body.Malformed
            ?? body.Broken(() => MenuRules.Broken(change))
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? (await menus.Change(kitchenId, methodId, change)).Shown(
                PaymentMethodView.Of, ManagementJson.Default.PaymentMethodView);
    }
}
