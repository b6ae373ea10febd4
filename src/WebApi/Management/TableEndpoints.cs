using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Printing;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Problems;
using static JikoXpress.WebApi.Management.ManagementCodes;

namespace JikoXpress.WebApi.Management;

/// <summary>A kitchen's tables with their QR codes, and the guests who scan them.</summary>
internal static class TableEndpoints
{
    public const int LongestLink = 200;

    public static void MapTables(this IEndpointRouteBuilder api)
    {
        api.MapPost("/table-visits", Visit)
            .AllowAnyone()
            .In(Lane.Codes)
            .WithTags("Tables")
            .Describe("visitTable", "Trade a table's code for a guest's token",
                "What the QR code on a table says, without the link before it. The token is good for two hours at that "
                + "table: it opens TABLE_QR sessions whose `tableNumber` is the table's, and sees those that it has "
                + "opened. What is paid by phone waits for staff to approve it; a SLIP is paid at the cashier's.")
            .HeedsNoKey("Repeated, it gives another token, and the first one stays good.")
            .Takes<TableVisitBody>().Gives<TableVisitView>(201).Refuses("table-code-invalid", "rate-limited");

        var tables = api.MapGroup("/kitchens/{kitchenId:uuid}/tables").WithTags("Tables");

        tables.MapGet("", List)
            .Allow(Callers.Staff(), Callers.Operator)
            .Describe("listTables", "List a kitchen's tables", "By their numbers; those switched off included.")
            .Gives<ListView<TableView>>(200);

        tables.MapPost("", Add)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("addTable", "Add a table", "It has a code of its own at once.")
            .Takes<NewTableBody>().Heeds(Heading.Key)
            .Gives<TableView>(201).Refuses([.. Texts, "name-taken", "limit-reached"]);

        tables.MapPatch("/{tableId:uuid}", Change)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("changeTable", "Switch a table off or on",
                "The guests at a table that is switched off cannot order any more, at once.")
            .Takes<TableChangeBody>().Gives<TableView>(200);

        tables.MapPost("/{tableId:uuid}/rotate", Rotate)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("rotateTable", "Give a table another code",
                "For a code that was photographed or lost: the old one is good for nothing at once, and the guests who "
                + "came with it scan the new one.")
            .TakesNothing().Heeds(Heading.Key).Gives<TableView>(200);

        tables.MapGet("/{tableId:uuid}/qr.svg", Svg)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("drawTable", "Draw a table's QR code", "As SVG, for the printer; `link` comes before the code.")
            .Asks<DrawTableQuery>().Produces<string>(200, "image/svg+xml").Refuses("invalid-text");

        tables.MapGet("/{tableId:uuid}/qr.png", Png)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("photographTable", "A table's QR code as a picture", "As PNG; `link` comes before the code.")
            .Asks<DrawTableQuery>().Produces<byte[]>(200, "image/png").Refuses("invalid-text");
    }

    private static async Task<IResult> Visit(
        HttpContext http, ITables tables, WrongCodes wrongCodes, TableRates rates)
    {
        var body = await JsonBody.Read(http);
        var code = body.As<TableVisitBody>().Code;
        if ((body.Refusal() ?? rates.TooManyVisits(code)) is { } problem) return problem;
        var visit = await tables.Visit(code);
        if (visit is Reply<TableVisit>.Refused && wrongCodes.Another(http) is { } tooMany) return tooMany;
        return visit.MadeSecret(TableVisitView.Of, ManagementJson.Default.TableVisitView);
    }

    private static async Task<IResult> List(Guid kitchenId, HttpContext http, IKitchens kitchens, ITables tables) =>
        (IResult?)await http.Elsewhere(kitchenId, kitchens)
        ?? (await tables.List(kitchenId)).Whole(TableView.Of, ManagementJson.Default.ListViewTableView);

    private static async Task<IResult> Add(Guid kitchenId, HttpContext http, IKitchens kitchens, ITables tables)
    {
        var body = await JsonBody.Read(http);
        var (number, operation) = (body.As<NewTableBody>().Number, body.Operation());
        return body.Refusal(() => TableRules.BrokenNumber(number))
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? (await tables.Add(kitchenId, number, operation)).Made(
                TableView.Of, ManagementJson.Default.TableView);
    }

    private static async Task<IResult> Change(
        Guid kitchenId, Guid tableId, HttpContext http, IKitchens kitchens, ITables tables)
    {
        var body = await JsonBody.Read(http);
        var active = body.As<TableChangeBody>().Active;
        return body.Refusal()
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? (await tables.Switch(kitchenId, tableId, active)).Shown(
                TableView.Of, ManagementJson.Default.TableView);
    }

    private static async Task<IResult> Rotate(
        Guid kitchenId, Guid tableId, HttpContext http, IKitchens kitchens, ITables tables)
    {
        var body = await JsonBody.ReadIfAny(http);
        var operation = body.Operation();
        return body.Refusal()
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? (await tables.Rotate(kitchenId, tableId, operation)).Shown(
                TableView.Of, ManagementJson.Default.TableView);
    }

    private static Task<IResult> Svg(
        Guid kitchenId, Guid tableId, HttpContext http, IKitchens kitchens, ITables tables) =>
        Draw(kitchenId, tableId, http, kitchens, tables, said => Results.Text(QrCode.Svg(said), "image/svg+xml"));

    private static Task<IResult> Png(
        Guid kitchenId, Guid tableId, HttpContext http, IKitchens kitchens, ITables tables) =>
        Draw(kitchenId, tableId, http, kitchens, tables, said => Results.Bytes(QrCode.Png(said), "image/png"));

    private static async Task<IResult> Draw(
        Guid kitchenId, Guid tableId, HttpContext http, IKitchens kitchens, ITables tables,
        Func<string, IResult> draw)
    {
        var query = new Query(http);
        var link = query.Text("link") ?? "";
        if ((query.Malformed ?? query.Broken() ?? await http.Elsewhere(kitchenId, kitchens)) is { } problem)
            return problem;
        if (link.Length > LongestLink) return LinkTooLong;
        return await tables.Find(kitchenId, tableId) is Reply<DiningTable>.Accepted(var table, _, _)
            ? draw(link + table.Code)
            : Problem.Of(KitchenRefusals.NotFound);
    }

    private static Problem LinkTooLong { get; } = Problem.Of(
        SessionRefusals.InvalidText("?link", $"At most {LongestLink} characters."));
}

/// <summary>A table whose guests may order by its QR code.</summary>
/// <param name="Number">The table number in orders; unique in the kitchen.</param>
internal sealed record NewTableBody([Length(1, TableRules.LongestNumber)] string Number);

/// <summary>Switches a table off, or on again.</summary>
internal sealed record TableChangeBody(bool Active);

/// <param name="Code">The text of the QR code.</param>
internal sealed record TableVisitBody(string Code);
