using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;

namespace JikoXpress.WebApi.Management;

/// <summary>Reads and verifies a kitchen's audit trail.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("/kitchens/{kitchenId:uuid}/audit").WithTags("Kitchen settings");

        audit.MapGet("", List)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("listAudit", "List who changed what",
                "Changes of settings, menu, staff, devices, credentials, stock and balances, and wrong PINs, newest "
                + "first. Checkouts are not here: their timeline is their own.")
            .Asks<ListQuery>().Gives<ListView<AuditEntryView>>(200);

        audit.MapGet("/verification", Verify)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("verifyAudit", "Verify the audit trail",
                "Every entry carries the hash of the one before it. This computes them all anew and names the entries "
                + "that are not as they were written.")
            .Gives<AuditVerificationView>(200);
    }

    private static Task<IResult> List(Guid kitchenId, HttpContext http, IKitchens kitchens, IAuditTrail trail) =>
        new Query(http).Listed(
            $"audit {kitchenId}", asked => trail.List(kitchenId, asked), entry => new Cursor(entry.At, entry.Id),
            AuditEntryView.Of, ManagementJson.Default.ListViewAuditEntryView,
            () => http.Elsewhere(kitchenId, kitchens));

    private static async Task<IResult> Verify(Guid kitchenId, HttpContext http, IKitchens kitchens, IAuditTrail trail)
    {
        if (await http.Elsewhere(kitchenId, kitchens) is { } elsewhere) return elsewhere;
        var verified = await trail.Verify(kitchenId);
        return new Answer<AuditVerificationView>(
            StatusCodes.Status200OK,
            new AuditVerificationView(
                verified.Wrong.Count is 0, verified.Entries,
                [.. verified.Wrong.Select(flaw => new AuditFlawView(flaw.Number, flaw.Flaw))]),
            ManagementJson.Default.AuditVerificationView);
    }
}

/// <summary>One change in the audit trail.</summary>
/// <param name="Number">Its position in the kitchen's chain of entries, from 1.</param>
/// <param name="ByKind">The kind of caller; SYSTEM if there was none; for money the account that it came from.</param>
/// <param name="Action">
/// For example `staff.changed`, `credential.revoked`, `stock.waste`, `payment.corrected`, `sign-in.refused`.
/// </param>
/// <param name="Details">
/// The new values, or the values before and after a change, as JSON text. Names, phones and secrets are `***`.
/// </param>
/// <param name="TraceId">The trace id of the request, if there was one.</param>
/// <param name="Hash">Hash of the entry and the hash of the entry before it, in hexadecimal.</param>
internal sealed record AuditEntryView(
    Guid Id, long Number, string ByKind, Guid ById, string Action, string ObjectKind, Guid ObjectId,
    string Details, string? TraceId, string Hash, DateTimeOffset CreatedAt)
{
    public string Object { get; } = "audit_entry";

    public static AuditEntryView Of(AuditEntry entry) => new(
        entry.Id, entry.Number, entry.WhoKind, entry.WhoId, entry.Action, entry.ObjectKind, entry.ObjectId,
        entry.Details, entry.Trace is { Length: > 0 } trace ? trace : null, Convert.ToHexStringLower(entry.Hash.Span),
        entry.At);
}

/// <summary>Whether the audit trail is unchanged since it was written.</summary>
/// <param name="Entries">The number of entries.</param>
/// <param name="Wrong">The first entries that are wrong, at most 100.</param>
internal sealed record AuditVerificationView(bool Verified, long Entries, IReadOnlyList<AuditFlawView> Wrong)
{
    public string Object { get; } = "audit_verification";
}

/// <param name="Number">The entry's position in the chain.</param>
/// <param name="Flaw">CHANGED, MISSING_BEFORE, NOT_LINKED or MISSING_AT_THE_END.</param>
internal sealed record AuditFlawView(long Number, string Flaw);
