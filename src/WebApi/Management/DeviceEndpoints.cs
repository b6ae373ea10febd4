using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Load;
using static JikoXpress.Domain.Kitchens.KitchenRules;
using static JikoXpress.WebApi.Management.ManagementCodes;

namespace JikoXpress.WebApi.Management;

/// <summary>A kitchen's tills, store tablets, kiosks and kitchen displays.</summary>
internal static class DeviceEndpoints
{
    public static void MapDevices(this IEndpointRouteBuilder api)
    {
        api.MapPost("/devices/pair", Pair)
            .AllowAnyone()
            .In(Lane.Codes)
            .WithTags("Devices")
            .Describe("pairDevice", "Trade a pairing code for a device token",
                "A code is good for one device and five minutes. The token of a till (POS) or STORE_TABLET opens staff "
                + "sessions, a KIOSK's sells, and a KITCHEN_DISPLAY's reads and moves tickets, and nothing else. The "
                + "kind is that of the code: a request cannot choose it.")
            .HeedsNoKey("Repeated, the code is used up: where the answer was lost, make another code.")
            .Takes<PairingBody>().Gives<PairedDeviceView>(201).Refuses("pairing-code-invalid", "rate-limited");

        var devices = api.MapGroup("/kitchens/{kitchenId:uuid}/devices").WithTags("Devices");

        devices.MapGet("", List)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("listDevices", "List a kitchen's devices", "Revoked ones included.")
            .Gives<ListView<DeviceView>>(200);

        devices.MapPost("/pairing-codes", Invite)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("makePairingCode", "Make a pairing code",
                "Eight characters to be typed into a new device within five minutes. It is shown this once.")
            .Takes<NewDeviceBody>().Heeds(Heading.Key).Gives<PairingCodeView>(201).Refuses([.. Texts, "limit-reached"]);

        devices.MapPatch("/{deviceId:uuid}", Change)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("changeDevice", "Ask a device for idempotency keys",
                "With `keyRequired` every POST that moves money, from it or from staff who stand at it, is refused "
                + "without an Idempotency-Key: 400 `idempotency-key-missing`.")
            .Takes<DeviceChangeBody>().Gives<DeviceView>(200);

        devices.MapPost("/{deviceId:uuid}/revoke", Revoke)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("revokeDevice", "Take a device off",
                "Its token, and the sessions of staff who stand at it, are good for nothing at once.")
            .HeedsNoKey("Repeating it does no harm.")
            .TakesNothing().Gives<DeviceView>(200);
    }

    private static async Task<IResult> Pair(HttpContext http, IDevices devices, WrongCodes wrongCodes)
    {
        var body = await JsonBody.Read(http);
        var code = body.As<PairingBody>().Code;
        if (body.Refusal() is { } problem) return problem;
        var paired = await devices.Pair(code);
        if (paired is Reply<PairedDevice>.Refused && wrongCodes.Another(http) is { } tooMany) return tooMany;
        return paired.MadeSecret(PairedDeviceView.Of, ManagementJson.Default.PairedDeviceView);
    }

    private static async Task<IResult> List(Guid kitchenId, HttpContext http, IKitchens kitchens, IDevices devices) =>
        (IResult?)await http.Elsewhere(kitchenId, kitchens)
        ?? (await devices.List(kitchenId)).Whole(DeviceView.Of, ManagementJson.Default.ListViewDeviceView);

    private static async Task<IResult> Invite(Guid kitchenId, HttpContext http, IKitchens kitchens, IDevices devices)
    {
        var body = await JsonBody.Read(http);
        var (device, once) = (body.As<NewDeviceBody>().Command(), body.SecretOperation());
        return body.Refusal(() => StaffRules.Broken(device))
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? (await devices.Invite(kitchenId, device, once)).MadeSecret(
                PairingCodeView.Of, ManagementJson.Default.PairingCodeView);
    }

    private static async Task<IResult> Change(
        Guid kitchenId, Guid deviceId, HttpContext http, IKitchens kitchens, IDevices devices)
    {
        var body = await JsonBody.Read(http);
        var required = body.As<DeviceChangeBody>().KeyRequired;
        return body.Refusal()
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? (await devices.RequireKeys(kitchenId, deviceId, required))
                .Shown(DeviceView.Of, ManagementJson.Default.DeviceView);
    }

    private static async Task<IResult> Revoke(
        Guid kitchenId, Guid deviceId, HttpContext http, IKitchens kitchens, IDevices devices) =>
        await JsonBody.Unwanted(http)
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? (await devices.Revoke(kitchenId, deviceId)).Shown(DeviceView.Of, ManagementJson.Default.DeviceView);
}

/// <summary>The pairing code typed into a new device.</summary>
/// <param name="Code">Eight characters; case, spaces and hyphens do not matter.</param>
internal sealed record PairingBody(string Code);

/// <summary>A device to pair.</summary>
/// <param name="Kind">What it may do.</param>
/// <param name="Name">A name for people.</param>
internal sealed record NewDeviceBody(DeviceKind Kind, [Length(1, LongestName)] string Name)
{
    public NewDevice Command() => new(Kind, Name);
}

/// <summary>Changes of a device.</summary>
/// <param name="KeyRequired">True: every POST from it that moves money must carry an Idempotency-Key.</param>
internal sealed record DeviceChangeBody(bool KeyRequired);
