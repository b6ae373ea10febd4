using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using JikoXpress.Domain;
using JikoXpress.Domain.Shifts;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Management;
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Shifts;

/// <summary>Shifts: which cashier is responsible for a till's money, from the float to the count.</summary>
internal static class ShiftEndpoints
{
    private static AllowedCaller Sellers { get; } = Callers.Staff(StaffRole.Cashier, StaffRole.Manager);

    private static string[] Texts { get; } = ["invalid-text", "card-data-not-accepted"];

    public static void MapShifts(this IEndpointRouteBuilder api)
    {
        var shifts = api.MapGroup("/shifts").WithTags("Shifts");

        shifts.MapPost("", Open)
            .In(Lane.Settling)
            .Allow(Sellers)
            .Describe("openShift", "Open a shift",
                "At the caller's till, which has one at a time. Sales need none: what a till takes while nobody has "
                + "opened one belongs to a rescue shift, which a manager counts.")
            .Takes<OpenShiftBody>().Heeds(Heading.Key, Heading.Place)
            .Gives<ShiftView>(201).Refuses("amount-out-of-range", "shift-already-open");

        shifts.MapGet("", List)
            .Allow(Sellers)
            .Describe("listShifts", "List shifts", "Newest first; cashiers see their own, managers all of the kitchen.")
            .Asks<ListShiftsQuery>().Gives<ListView<ShiftView>>(200);

        shifts.MapGet("/{id:uuid}", Get)
            .Allow(Sellers)
            .Describe("getShift", "Get a shift",
                "With what was taken at the till so far. Who has yet to count is not told what should be there.")
            .Gives<ShiftView>(200);

        shifts.MapPost("/{id:uuid}/pay-ins", PayIn)
            .In(Lane.Settling)
            .Allow(Sellers)
            .Describe("payIn", "Put cash into a drawer",
                "Change fetched from the safe, for instance. A manager moves more than the kitchen's "
                + "`cashMovementLimit`.")
            .Takes<CashMovementBody>().Heeds(Heading.Key)
            .Gives<DrawerMovementView>(201)
            .Refuses(["amount-out-of-range", .. Texts, "manager-required", "shift-not-open", "drawer-full"]);

        shifts.MapPost("/{id:uuid}/pay-outs", PayOut)
            .In(Lane.Settling)
            .Allow(Sellers)
            .Describe("payOut", "Take cash out of a drawer",
                "For milk from next door, or into the safe: no more than the drawer holds. A manager moves more than "
                + "the kitchen's `cashMovementLimit`.")
            .Takes<CashMovementBody>().Heeds(Heading.Key)
            .Gives<DrawerMovementView>(201)
            .Refuses(["amount-out-of-range", .. Texts, "manager-required", "shift-not-open", "drawer-holds-less"]);

        shifts.MapPost("/{id:uuid}/cash-movements/{movementId:uuid}/reverse", Reverse)
            .In(Lane.Settling)
            .Allow(Sellers)
            .Describe("reverseCashMovement", "Undo a wrong cash movement",
                "By a movement in the other direction that names it, once, while the shift is open. The limits of "
                + "cash movements apply.")
            .Takes<ReverseMovementBody>().Heeds(Heading.Key)
            .Gives<DrawerMovementView>(201)
            .Refuses([
                .. Texts, "manager-required", "shift-not-open", "movement-reversed", "drawer-holds-less",
                "drawer-full"]);

        shifts.MapPost("/{id:uuid}/close", Close)
            .In(Lane.Settling)
            .Allow(Sellers)
            .Describe("closeShift", "Count a drawer and close its shift",
                "The answer says what should have been there. What is over or short is booked, and the drawer is "
                + "empty: what was counted goes into the safe. A sale that comes later belongs to the next shift.")
            .Takes<CloseShiftBody>().Heeds(Heading.Key)
            .Gives<ShiftView>(200).Refuses(["amount-out-of-range", .. Texts, "shift-not-open"]);

        shifts.MapPost("/{id:uuid}/count-corrections", Correct)
            .In(Lane.Settling)
            .Allow(Callers.Staff(StaffRole.Manager))
            .Describe("correctCount", "Correct the count of a closed shift",
                "The difference is booked anew by an entry of its own; the count as it was stays, and `corrected` says "
                + "how the shift ended. A second correction names the first one with `corrects`.")
            .Takes<CorrectCountBody>().Heeds(Heading.Key)
            .Gives<ShiftView>(200)
            .Refuses([
                "amount-out-of-range", .. Texts, "shift-not-closed", "count-corrected", "count-unchanged",
                "too-many-corrections"]);

        shifts.MapGet("/{id:uuid}/report", Print)
            .Allow(Sellers)
            .Describe("printShift", "Print a shift's report", "As plain text for a receipt printer.")
            .Asks<PrintShiftQuery>()
            .Produces<string>(200, "text/plain").Refuses("shift-not-closed");
    }

    private static async Task<IResult> Open(HttpContext http, IShifts shifts)
    {
        var body = await JsonBody.Read(http);
        var command = new OpenShift(http.Principal.Caller, body.As<OpenShiftBody>().Float, body.Operation());
        var currency = await http.Currency();
        return body.Refusal(command)
            ?? (await shifts.Open(command)).Made(
                shift => ShiftView.Of(shift, currency), ShiftJson.Default.ShiftView,
                view => $"/api/v1/shifts/{view.Id}");
    }

    private static async Task<IResult> List(HttpContext http, IShifts shifts)
    {
        var query = new Query(http);
        var staff = http.Principal;
        var owner = staff.Role == StaffRole.Manager ? (Guid?)null : staff.Id;
        var status = query.WireName<ShiftStatus>("status");
        var currency = await http.Currency();
        return await query.Listed(
            $"shifts {staff.KitchenId} {owner}",
            asked => shifts.List(staff.KitchenId ?? Guid.Empty, owner, status, asked),
            shift => new Cursor(shift.OpenedAt, shift.Id), shift => ShiftView.Of(shift, currency),
            ShiftJson.Default.ListViewShiftView);
    }

    private static Task<IResult> Get(Guid id, HttpContext http, IShifts shifts) => Theirs(
        id, http, shifts, async shift => new Answer<ShiftView>(
            StatusCodes.Status200OK,
            http.HasYetToCount(shift)
                ? ShiftView.Blind(await shifts.Report(shift), await http.Currency())
                : ShiftView.Of(await shifts.Report(shift), await http.Currency()),
            ShiftJson.Default.ShiftView));

    private static Task<IResult> PayIn(Guid id, HttpContext http, IShifts shifts) =>
        Move(id, DrawerMovementKind.PayIn, http, shifts);

    private static Task<IResult> PayOut(Guid id, HttpContext http, IShifts shifts) =>
        Move(id, DrawerMovementKind.PayOut, http, shifts);

    private static async Task<IResult> Move(Guid id, DrawerMovementKind kind, HttpContext http, IShifts shifts)
    {
        var body = await JsonBody.Read(http);
        var (amount, reason) = body.As<CashMovementBody>();
        var command = new MoveCash(
            http.Principal.Caller, http.Principal.Role ?? StaffRole.Cashier, kind, amount, reason, body.Operation());
        var currency = await http.Currency();
        return await Change(id, http, shifts, body, command, async shift => (await shifts.Move(shift, command)).Made(
            movement => DrawerMovementView.Of(movement, currency), ShiftJson.Default.DrawerMovementView));
    }

    private static async Task<IResult> Reverse(Guid id, Guid movementId, HttpContext http, IShifts shifts)
    {
        var body = await JsonBody.Read(http);
        var command = new ReverseMovement(
            http.Principal.Caller, http.Principal.Role ?? StaffRole.Cashier, movementId,
            body.As<ReverseMovementBody>().Reason, body.Operation());
        var currency = await http.Currency();
        return await Change(id, http, shifts, body, command, async shift => (await shifts.Reverse(shift, command)).Made(
            movement => DrawerMovementView.Of(movement, currency), ShiftJson.Default.DrawerMovementView));
    }

    private static async Task<IResult> Close(Guid id, HttpContext http, IShifts shifts)
    {
        var body = await JsonBody.Read(http);
        var (counted, note) = body.As<CloseShiftBody>();
        var command = new CloseShift(http.Principal.Caller, counted, note, body.Operation());
        var currency = await http.Currency();
        return await Change(id, http, shifts, body, command, async shift => (await shifts.Close(shift, command)).Shown(
            report => ShiftView.Of(report, currency), ShiftJson.Default.ShiftView));
    }

    private static async Task<IResult> Correct(Guid id, HttpContext http, IShifts shifts)
    {
        var body = await JsonBody.Read(http);
        var (counted, reason, corrects) = body.As<CorrectCountBody>();
        var command = new CorrectCount(http.Principal.Caller, counted, reason, corrects, body.Operation());
        var currency = await http.Currency();
        return await Change(
            id, http, shifts, body, command,
            async shift => (await shifts.Correct(shift, command)).Shown(
                report => ShiftView.Of(report, currency), ShiftJson.Default.ShiftView));
    }

    private static async Task<IResult> Print(
        Guid id, HttpContext http, IShifts shifts, ICatalogue catalogue, IStaff staff)
    {
        var query = new Query(http);
        var paper = query.Paper();
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;
        return await Theirs(id, http, shifts, async shift =>
        {
            if (http.HasYetToCount(shift)) return Problem.Of(ShiftRefusals.ShiftNotClosed);
            var kitchen = await catalogue.Kitchen(shift.KitchenId)
                ?? throw new InvalidOperationException("The kitchen of a shift is missing; none is ever removed.");
            var names = (await staff.List(shift.KitchenId)).ToDictionary(member => member.Id, member => member.Name);
            var report = ShiftDocuments.Of(await shifts.Report(shift), kitchen.Kitchen, names);
            return Results.Text(report.PlainText(paper), "text/plain", Encoding.UTF8);
        });
    }

    /// <summary>Broken rules of the body are answered before a shift that does not exist.</summary>
    private static async Task<IResult> Change(
        Guid id, HttpContext http, IShifts shifts, JsonBody body, ICommand command,
        Func<Shift, Task<IResult>> change) =>
        body.Refusal(command)
        ?? (command.Broken() is { Count: > 0 } broken ? Problem.Of(broken) : null)
        ?? await Theirs(id, http, shifts, change);

    /// <summary>Cashiers may use their own shifts, managers all shifts of their kitchen.</summary>
    private static async Task<IResult> Theirs(
        Guid id, HttpContext http, IShifts shifts, Func<Shift, Task<IResult>> answer)
    {
        var staff = http.Principal;
        return await shifts.Find(staff.KitchenId ?? Guid.Empty, id) switch
        {
            Reply<Shift>.Accepted(var shift, _, _) when shift.IsOpenTo(staff.Caller, staff.Role) => await answer(shift),
            Reply<Shift>.Refused(var refusals) => Problem.Of(refusals),
            _ => new Problem(
                StatusCodes.Status403Forbidden, "role-not-allowed",
                "This is the shift of another cashier; only managers can use all shifts."),
        };
    }

    extension(HttpContext http)
    {
        /// <summary>A cashier must count without knowing the expected cash.</summary>
        private bool HasYetToCount(Shift shift) =>
            shift.Status == ShiftStatus.Open && http.Principal.Role != StaffRole.Manager;
    }
}

/// <summary>A shift to open at the caller's till.</summary>
/// <param name="Float">Cash in the drawer for change at the start, in whole shillings; may be 0.</param>
internal sealed record OpenShiftBody([Range(0, Domain.Money.MostShillings)] Money Float);

/// <summary>Cash put into the drawer, or taken out of it.</summary>
/// <param name="Amount">In whole shillings.</param>
/// <param name="Reason">The reason for the movement.</param>
internal sealed record CashMovementBody(Money Amount, [Length(1, ShiftRules.LongestReason)] string Reason);

/// <summary>A wrong movement to undo.</summary>
/// <param name="Reason">What was wrong.</param>
internal sealed record ReverseMovementBody([Length(1, ShiftRules.LongestReason)] string Reason);

/// <summary>The cash count at the end of a shift.</summary>
/// <param name="Counted">All cash in the drawer, with the float, in whole shillings; may be 0.</param>
/// <param name="Note">A remark about the count.</param>
internal sealed record CloseShiftBody(
    [Range(0, Domain.Money.MostShillings)] Money Counted, [Length(1, ShiftRules.LongestReason)] string? Note = null);

/// <summary>What was really in the drawer of a closed shift.</summary>
/// <param name="Counted">All cash in the drawer, with the float, in whole shillings; may be 0.</param>
/// <param name="Reason">What was wrong.</param>
/// <param name="Corrects">The shift's last correction, if that one was wrong.</param>
internal sealed record CorrectCountBody(
    [Range(0, Domain.Money.MostShillings)] Money Counted, [Length(1, ShiftRules.LongestReason)] string Reason,
    Guid? Corrects = null);

/// <param name="Status">Only shifts with this status.</param>
internal sealed record ListShiftsQuery(ShiftStatus? Status) : PageQuery;

/// <param name="Paper">The paper's width in millimetres.</param>
internal sealed record PrintShiftQuery([AllowedValues("58", "80"), DefaultValue("80")] string? Paper);
