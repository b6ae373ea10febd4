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

/// <summary>Keys of WhatsApp bots, managed by the platform's operators.</summary>
internal static class BotKeyEndpoints
{
    public static void MapBotKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/operator/bot-keys").WithTags("Operator");

        keys.MapGet("", List)
            .Allow(Callers.Operator)
            .Describe("listBotKeys", "List the keys of WhatsApp bots", "The newest 100, revoked ones included.")
            .Gives<ListView<BotKeyView>>(200);

        keys.MapPost("", Add)
            .Allow(Callers.Operator)
            .Describe("addBotKey", "Make a key for a WhatsApp bot",
                "It opens WHATSAPP sessions in the kitchens that it names, sees the sessions that it has opened, and "
                + "is shown this once.")
            .Takes<NewBotKeyBody>().Heeds(Heading.Key).Gives<BotKeyView>(201)
            .Refuses([.. Texts, "kitchen-required", "too-many-items", "livemode-mismatch", "not-found"]);

        keys.MapPost("/{keyId:uuid}/revoke", Revoke)
            .Allow(Callers.Operator)
            .Describe("revokeBotKey", "Revoke the key of a WhatsApp bot", "It is good for nothing at once.")
            .HeedsNoKey("Repeating it does no harm.")
            .TakesNothing().Gives<BotKeyView>(200);
    }

    private static async Task<IResult> List(IBotKeys keys) =>
        (await keys.List()).Whole(BotKeyView.Of, ManagementJson.Default.ListViewBotKeyView);

    private static async Task<IResult> Add(HttpContext http, IBotKeys keys)
    {
        var body = await JsonBody.Read(http);
        var (plan, once) = (body.As<NewBotKeyBody>().Command(), body.SecretOperation());
        return body.Refusal(() => BotRules.Broken(plan))
            ?? (await keys.Add(plan, once)).MadeSecret(BotKeyView.Of, ManagementJson.Default.BotKeyView);
    }

    private static async Task<IResult> Revoke(Guid keyId, HttpContext http, IBotKeys keys) =>
        await JsonBody.Unwanted(http)
            ?? (await keys.Revoke(keyId)).Shown(BotKeyView.Of, ManagementJson.Default.BotKeyView);
}

/// <summary>A key to create for a WhatsApp bot.</summary>
/// <param name="Name">The name of its holder.</param>
/// <param name="KitchenIds">The kitchens whose orders the bot takes: all in live mode, or all in test mode.</param>
internal sealed record NewBotKeyBody(
    [Length(1, LongestName)] string Name, [Length(1, BotRules.MostKitchens)] IReadOnlyList<Guid> KitchenIds)
{
    public BotKeyPlan Command() => new(Name, KitchenIds.ToSequence());
}
