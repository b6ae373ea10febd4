using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using static JikoXpress.Domain.Kitchens.KitchenRules;
using static JikoXpress.WebApi.Management.ManagementCodes;

namespace JikoXpress.WebApi.Management;

/// <summary>A kitchen's staff.</summary>
internal static class StaffEndpoints
{
    public static void MapStaff(this IEndpointRouteBuilder api)
    {
        var staff = api.MapGroup("/kitchens/{kitchenId:uuid}/staff").WithTags("Staff");

        staff.MapGet("", List)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("listStaff", "List who works in a kitchen", "By staff number, those who have left included.")
            .Gives<ListView<StaffMemberView>>(200);

        staff.MapPost("", Add)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("addStaffMember", "Add a staff member", "They get the kitchen's next staff number.")
            .Takes<NewStaffMemberBody>().Heeds(Heading.Key).Gives<StaffMemberView>(201)
            .Refuses([.. Texts, "pin-invalid", "pin-too-simple", "limit-reached"]);

        staff.MapPatch("/{memberId:uuid}", Change)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("changeStaffMember", "Change a staff member",
                "With another role, or with `active` false, they are signed out everywhere at once.")
            .Takes<StaffChangeBody>().Gives<StaffMemberView>(200).Refuses([.. Texts, "last-manager"]);

        staff.MapPost("/{memberId:uuid}/reset-pin", ResetPin)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("resetPin", "Give a staff member another PIN",
                "They are signed out everywhere at once; wrong tries are forgotten.")
            .HeedsNoKey("Repeated, they are signed out once more.")
            .Takes<PinBody>().Gives<StaffMemberView>(200).Refuses("pin-invalid", "pin-too-simple");
    }

    private static async Task<IResult> List(Guid kitchenId, HttpContext http, IKitchens kitchens, IStaff staff) =>
        (IResult?)await http.Elsewhere(kitchenId, kitchens)
        ?? (await staff.List(kitchenId)).Whole(StaffMemberView.Of, ManagementJson.Default.ListViewStaffMemberView);

    private static async Task<IResult> Add(
        Guid kitchenId, HttpContext http, IKitchens kitchens, IStaff staff)
    {
        var body = await JsonBody.Read(http);
        var (member, operation) = (body.As<NewStaffMemberBody>().Command(), body.Operation());
        return body.Refusal(() => StaffRules.Broken(member, StaffRules.ShortestPin))
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? (await staff.Add(kitchenId, member, operation)).Made(
                StaffMemberView.Of, ManagementJson.Default.StaffMemberView);
    }

    private static async Task<IResult> Change(
        Guid kitchenId, Guid memberId, HttpContext http, IKitchens kitchens, IStaff staff)
    {
        var body = await JsonBody.Read(http);
        var change = body.As<StaffChangeBody>().Command();
        return body.Refusal(() => StaffRules.Broken(change))
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? (await staff.Change(kitchenId, memberId, change)).Shown(
                StaffMemberView.Of, ManagementJson.Default.StaffMemberView);
    }

    private static async Task<IResult> ResetPin(
        Guid kitchenId, Guid memberId, HttpContext http, IKitchens kitchens, IStaff staff)
    {
        var body = await JsonBody.Read(http);
        var pin = body.As<PinBody>().Pin;
        return body.Refusal()
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? (await staff.ResetPin(kitchenId, memberId, pin)).Shown(
                StaffMemberView.Of, ManagementJson.Default.StaffMemberView);
    }
}

/// <summary>A staff member to add.</summary>
/// <param name="Pin">Not one digit repeated. An installation may ask for more than 4.</param>
internal sealed record NewStaffMemberBody(
    [Length(1, LongestName)] string Name, StaffRole Role, [RegularExpression(Patterns.Pin)] string Pin)
{
    public NewStaffMember Command() => new(Name, Role, Pin);
}

/// <summary>Changes of a staff member.</summary>
/// <param name="Active">False: the member has left, and is signed out at once.</param>
internal sealed record StaffChangeBody(
    [Length(1, LongestName)] string? Name = null, StaffRole? Role = null, bool? Active = null)
{
    public StaffChange Command() => new(Name, Role, Active);
}

/// <summary>A new PIN.</summary>
/// <param name="Pin">Not one digit repeated. An installation may ask for more than 4.</param>
internal sealed record PinBody([RegularExpression(Patterns.Pin)] string Pin);
