using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using static JikoXpress.Domain.Kitchens.KitchenRules;
using static JikoXpress.WebApi.Management.ManagementCodes;

namespace JikoXpress.WebApi.Management;

/// <summary>Endpoints for the platform's operators: kitchens, keys, and the ledger.</summary>
internal static class OperatorEndpoints
{
    public static void MapOperator(this IEndpointRouteBuilder api)
    {
        var operators = api.MapGroup("/operator").WithTags("Operator");

        operators.MapPost("/kitchens", AddKitchen)
            .Allow(Callers.Operator)
            .Describe("addKitchen", "Make a kitchen",
                "Its first manager is added with `addStaffMember`, its first till paired with "
                + "`makePairingCode`.")
            .Takes<NewKitchenBody>().Heeds(Heading.Key, Heading.Place).Gives<KitchenView>(201)
            .Refuses([.. Texts, "setting-out-of-range", "time-zone-unknown"]);

        operators.MapGet("/kitchens", ListKitchens)
            .Allow(Callers.Operator)
            .Describe("listKitchens", "List kitchens",
                "Newest first.")
            .Asks<ListQuery>().Gives<ListView<KitchenView>>(200);

        operators.MapGet("/kitchens/{kitchenId:uuid}", GetKitchen)
            .Allow(Callers.Operator)
            .Describe("getAnyKitchen", "Get a kitchen", "Its name, mode and settings.")
            .Gives<KitchenView>(200);

        operators.MapPatch("/kitchens/{kitchenId:uuid}", ChangeKitchen)
            .Allow(Callers.Operator)
            .Describe("changeAnyKitchen", "Change a kitchen", "What is left out stays.")
            .Takes<KitchenChangeBody>().Gives<KitchenView>(200)
            .Refuses([.. Texts, "setting-out-of-range", "time-zone-unknown", "currency-in-use"]);

        operators.MapGet("/kitchens/{kitchenId:uuid}/commission", GetCommission)
            .Allow(Callers.Operator)
            .Describe("getCommission", "The platform's commission on a kitchen's sales", "By channel, in basis points.")
            .Gives<CommissionView>(200);

        operators.MapPut("/kitchens/{kitchenId:uuid}/commission", SetCommission)
            .Allow(Callers.Operator)
            .Describe("setCommission", "Set the platform's commission on a kitchen's sales",
                "By channel, in basis points: 1000 is 10 % of what is paid, in whole units, rounded half up. For "
                + "sessions that are opened from now on. It is booked when a sale is confirmed, and refunds "
                + "give it back in proportion. What is taken at the counter has none.")
            .Takes<CommissionBody>().Gives<CommissionView>(200).Refuses("setting-out-of-range");

        operators.MapGet("/keys", ListKeys)
            .Allow(Callers.Operator)
            .Describe("listOperatorKeys", "List operator keys",
                "The newest 100, revoked ones included; the one of the configuration is not among them.")
            .Gives<ListView<OperatorKeyView>>(200);

        operators.MapPost("/keys", AddKey)
            .Allow(Callers.Operator)
            .Describe("addOperatorKey", "Make an operator key", "Its token is shown this once.")
            .Takes<NewKeyBody>().Heeds(Heading.Key).Gives<OperatorKeyView>(201).Refuses(Texts);

        operators.MapPost("/keys/{keyId:uuid}/revoke", RevokeKey)
            .Allow(Callers.Operator)
            .Describe("revokeOperatorKey", "Revoke an operator key", "It is good for nothing at once.")
            .HeedsNoKey("Repeating it does no harm.")
            .TakesNothing().Gives<OperatorKeyView>(200);

        operators.MapGet("/trial-balance", Balance)
            .Allow(Callers.Operator)
            .Describe("getTrialBalance", "The balance of every account",
                "In one currency: nothing is converted, so amounts of two are never added. Debits and credits are the "
                + "same, always.")
            .Asks<TrialBalanceQuery>().Gives<TrialBalanceView>(200);

        operators.MapGet("/kitchens/{kitchenId:uuid}/trial-balance", BalanceOf)
            .Allow(Callers.Operator)
            .Describe("getKitchenTrialBalance", "The balance of a kitchen's accounts", "As the whole, for one kitchen.")
            .Gives<TrialBalanceView>(200);

        operators.MapGet("/conservation", Conservation)
            .Allow(Callers.Operator)
            .Describe("getConservation", "Are money and items all accounted for",
                "Runs every law of conservation over the whole database, and names what breaks one.")
            .Gives<ConservationView>(200);
    }

    private static async Task<IResult> GetCommission(Guid kitchenId, IKitchens kitchens) =>
        (await kitchens.Find(kitchenId)).Shown(CommissionView.Of, ManagementJson.Default.CommissionView);

    private static async Task<IResult> SetCommission(Guid kitchenId, HttpContext http, IKitchens kitchens)
    {
        var body = await JsonBody.Read(http);
        var rates = body.As<CommissionBody>().Rates();
        return body.Refusal(rates.Broken)
            ?? (await kitchens.SetCommission(kitchenId, rates)).Shown(
                CommissionView.Of, ManagementJson.Default.CommissionView);
    }

    private static async Task<IResult> AddKitchen(HttpContext http, IKitchens kitchens)
    {
        var body = await JsonBody.Read(http);
        var (kitchen, operation) = (body.As<NewKitchenBody>().Command(), body.Operation());
        return body.Refusal(() => KitchenRules.Broken(kitchen))
            ?? (await kitchens.Add(kitchen, operation)).Made(
                KitchenView.Of, ManagementJson.Default.KitchenView, view => $"/api/v1/operator/kitchens/{view.Id}");
    }

    private static Task<IResult> ListKitchens(HttpContext http, IKitchens kitchens) =>
        new Query(http).Listed(
            "kitchens", kitchens.List, item => new Cursor(item.CreatedAt, item.Value.Id),
            item => KitchenView.Of(item.Value), ManagementJson.Default.ListViewKitchenView);

    private static async Task<IResult> GetKitchen(Guid kitchenId, IKitchens kitchens) =>
        (await kitchens.Find(kitchenId)).Shown(KitchenView.Of, ManagementJson.Default.KitchenView);

    private static async Task<IResult> ChangeKitchen(Guid kitchenId, HttpContext http, IKitchens kitchens)
    {
        var body = await JsonBody.Read(http);
        var change = body.As<KitchenChangeBody>().Command();
        return body.Refusal(() => KitchenRules.Broken(change))
            ?? (await kitchens.Change(kitchenId, change)).Shown(KitchenView.Of, ManagementJson.Default.KitchenView);
    }

    private static async Task<IResult> ListKeys(IOperatorKeys keys) =>
        (await keys.List()).Whole(OperatorKeyView.Of, ManagementJson.Default.ListViewOperatorKeyView);

    private static async Task<IResult> AddKey(HttpContext http, IOperatorKeys keys)
    {
        var body = await JsonBody.Read(http);
        var (name, once) = (body.As<NewKeyBody>().Name, body.SecretOperation());
        return body.Refusal(() => StaffRules.BrokenName(name))
            ?? (await keys.Add(name, once)).MadeSecret(OperatorKeyView.Of, ManagementJson.Default.OperatorKeyView);
    }

    private static async Task<IResult> RevokeKey(Guid keyId, HttpContext http, IOperatorKeys keys) =>
        await JsonBody.Unwanted(http)
            ?? (await keys.Revoke(keyId)).Shown(OperatorKeyView.Of, ManagementJson.Default.OperatorKeyView);

    private static async Task<IResult> Balance(HttpContext http, IBooks books)
    {
        var query = new Query(http);
        var currency = query.WireName<Currency>("currency") ?? Currencies.OfThePlatform;
        return (IResult?)(query.Malformed ?? query.Broken())
            ?? new Answer<TrialBalanceView>(
                StatusCodes.Status200OK, TrialBalanceView.Of(await books.TrialBalance(currency), currency),
                ManagementJson.Default.TrialBalanceView);
    }

    private static async Task<IResult> BalanceOf(Guid kitchenId, HttpContext http, IKitchens kitchens, IBooks books) =>
        (IResult?)await http.Elsewhere(kitchenId, kitchens)
        ?? new Answer<TrialBalanceView>(
            StatusCodes.Status200OK, TrialBalanceView.Of(
                await books.TrialBalance(kitchenId), (await http.SettingsOf(kitchenId)).Currency),
            ManagementJson.Default.TrialBalanceView);

    private static async Task<IResult> Conservation(IBooks books) => new Answer<ConservationView>(
        StatusCodes.Status200OK, ConservationView.Of(await books.Conservation()),
        ManagementJson.Default.ConservationView);
}

/// <summary>A kitchen to create.</summary>
/// <param name="Livemode">True for a kitchen that takes real money.</param>
/// <param name="Settings">Omitted settings have their defaults.</param>
internal sealed record NewKitchenBody(
    [Length(1, LongestName)] string Name,
    [DefaultValue(false)] bool? Livemode = null,
    SettingsBody? Settings = null)
{
    public NewKitchen Command() => new(
        Name, Livemode ?? false,
        (Settings?.Change() ?? new KitchenChange())
            .Of(new Kitchen(Guid.Empty, "", false, KitchenSettings.Default)).Settings);
}

/// <summary>A key to create.</summary>
/// <param name="Name">The name of its holder.</param>
internal sealed record NewKeyBody([Length(1, LongestName)] string Name);

/// <summary>The platform's commission on a kitchen's sales, in basis points: 1000 is 10 %.</summary>
/// <param name="App">On orders of the app; left out, none.</param>
/// <param name="Whatsapp">On orders by WhatsApp; left out, none.</param>
/// <param name="Hosted">On what web shops and registers of merchants are paid; left out, none.</param>
internal sealed record CommissionBody(
    [Range(0, CommissionRates.Whole)] int? App = null,
    [Range(0, CommissionRates.Whole)] int? Whatsapp = null,
    [Range(0, CommissionRates.Whole)] int? Hosted = null)
{
    public CommissionRates Rates() => new(App ?? 0, Whatsapp ?? 0, Hosted ?? 0);
}

/// <summary>The platform's commission on a kitchen's sales, in basis points: 1000 is 10 %.</summary>
internal sealed record CommissionView(Guid KitchenId, int App, int Whatsapp, int Hosted)
{
    public string Object { get; } = "commission";

    public static CommissionView Of(Kitchen kitchen) =>
        new(kitchen.Id, kitchen.Commission.App, kitchen.Commission.Whatsapp, kitchen.Commission.Hosted);
}
