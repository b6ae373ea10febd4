using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Printing;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Hosting;
using JikoXpress.WebApi.Pages;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Sessions;

/// <summary>Slips: printed for the guest who orders, and found by the cashier.</summary>
internal static class SlipEndpoints
{
    public static void MapSlips(this IEndpointRouteBuilder api)
    {
        api.MapGet("/checkout-sessions/{id:uuid}/slip", Print)
            .Allow(Callers.Staff(StaffRole.Cashier, StaffRole.Manager), Callers.Kiosk, Callers.TableGuest)
            .WithTags("Slips")
            .Describe("printSlip", "Print a slip",
                "In the form that Accept asks for. Only a slip that can still be paid is printed: other paper "
                + "misleads. The barcode says the slip's code. The QR code leads the guest to a page on which a phone "
                + "pays the slip, and ends in the slip's code; where the kitchen can ring no phone, it says the code.")
            .Asks<PrintSlipQuery>()
            .Produces<string>(200, "text/html", [.. SlipFormat.All.Skip(1).Select(format => format.MediaType)])
            .Refuses(
                "parameter-out-of-range", "not-acceptable", "not-a-slip", "already-confirmed", "session-not-pending",
                "slip-expired");

        var slips = api.MapGroup("/slips").WithTags("Slips");

        slips.MapGet("/{slipCode}", ByCode)
            .Allow(Callers.Staff(StaffRole.Cashier, StaffRole.Manager))
            .Describe("getSlip", "Find a slip by its barcode", "The session of the kitchen's slip with this code.")
            .Heeds(Heading.Tag).Gives<SessionView>(200);

        slips.MapGet("", ByNumber)
            .Allow(Callers.Staff(StaffRole.Cashier, StaffRole.Manager))
            .Describe("findSlips", "Find slips by their number",
                "The sessions of the kitchen's slips with this number, newest first, at most 10: numbers begin anew "
                + "each business day. The check digit is verified.")
            .Asks<FindSlipsQuery>().Gives<ListView<SessionView>>(200)
            .Refuses("parameter-required", "slip-number-invalid");
    }

    private static async Task<IResult> Print(Guid id, HttpContext http, IGrainFactory grains, ICatalogue catalogue)
    {
        var query = new Query(http);
        var paper = query.Paper();
        var copy = query.Whole("copy", unlessTold: 0, least: 0, most: 99);
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;

        var snapshot = await grains.Session(id).Read();
        if (http.Visible(snapshot) is not { } session) return SessionAnswers.NotFound;
        if (SlipDocuments.Refusal(session) is { } refusal) return Problem.Of(refusal);
        if (SlipAccept.Choose(http.Request) is not { } format) return SlipAccept.Refusal;
        var kitchen = await catalogue.Kitchen(session.Opening.KitchenId)
            ?? throw new InvalidOperationException("The kitchen of a session is missing; none is ever removed.");
        var page = await PageOf(session, kitchen, http);
        var slip = SlipDocuments.Of((Session.Pending)session, kitchen.Kitchen, page) with { CopyNumber = copy };
        return Results.Bytes(format.Render(slip, paper), format.ContentType);
    }

    /// <summary>The address of the slip's page; null where the kitchen can ring no phone.</summary>
    private static async Task<string?> PageOf(Session.Opened session, KitchenCatalogue kitchen, HttpContext http)
    {
        var aggregators = http.RequestServices.GetRequiredService<IAggregators>();
        var account = session.Opening.Currency == kitchen.Kitchen.Settings.Currency
            ? await aggregators.AccountFor(kitchen.Kitchen, kitchen.PaymentAccounts, isForPush: true)
            : null;
        return account is null ? null : $"{http.PublicAddress}{CheckoutPages.Path}/{session.Opening.SlipCode}";
    }

    private static async Task<IResult> ByCode(
        string slipCode, HttpContext http, ISessionReads reads, IGrainFactory grains)
    {
        if (SlipCode.Parse(slipCode) is not { } code) return SessionAnswers.NotFound;
        if (await reads.SlipByCode(Kitchen(http), code) is not { } id) return SessionAnswers.NotFound;
        var snapshot = await grains.Session(id).Read();
        return http.Visible(snapshot) is { } session
            ? http.Shown(StatusCodes.Status200OK, session, snapshot.Version)
            : SessionAnswers.NotFound;
    }

    private static async Task<IResult> ByNumber(HttpContext http, ISessionReads reads, IGrainFactory grains)
    {
        var query = new Query(http);
        var number = query.Parsed("number", SlipNumber.Parse, "slip-number-invalid", "A slip number is as in 0147-9.");
        query.MustHave("number");
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;

        var ids = await reads.SlipsByNumber(Kitchen(http), number ?? 0);
        var found = new List<SessionView>();
        foreach (var id in ids)
        {
            var snapshot = await grains.Session(id).Read();
            if (http.Visible(snapshot) is { } session)
            {
                found.Add(SessionViews.For(http.Principal.Kind, session, snapshot.Version));
            }
        }

        return new ListView<SessionView>(found, Paging.AllOfIt).Shown(SessionJson.Default.ListViewSessionView);
    }

    private static Guid Kitchen(HttpContext http) => http.Principal.KitchenId ?? Guid.Empty;
}
