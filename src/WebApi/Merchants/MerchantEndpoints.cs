using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Management;
using static JikoXpress.Domain.Kitchens.KitchenRules;
using static JikoXpress.WebApi.Management.ManagementCodes;

namespace JikoXpress.WebApi.Merchants;

/// <summary>Merchants and their API keys, managed by the platform's operators.</summary>
internal static class MerchantEndpoints
{
    public static void MapMerchants(this IEndpointRouteBuilder api)
    {
        var merchants = api.MapGroup("/operator/merchants").WithTags("Operator");

        merchants.MapGet("", List)
            .Allow(Callers.Operator)
            .Describe("listMerchants", "List merchants", "The newest 100.")
            .Gives<ListView<MerchantView>>(200);

        merchants.MapPost("", Add)
            .Allow(Callers.Operator)
            .Describe("addMerchant", "Make a merchant",
                "A business whose web shops are paid through the hosted page. Its stores are kitchens: all live or all "
                + "test, and each of one merchant. Make a key for it with `addMerchantKey`.")
            .Takes<NewMerchantBody>().Heeds(Heading.Key).Gives<MerchantView>(201)
            .Refuses([.. Texts, "store-required", "too-many-items", "livemode-mismatch", "not-found", "store-taken"]);

        merchants.MapGet("/{merchantId:uuid}/keys", ListKeys)
            .Allow(Callers.Operator)
            .Describe("listMerchantKeys", "List a merchant's keys",
                "The newest 100, revoked ones included, each with its last use.")
            .Gives<ListView<MerchantKeyView>>(200);

        merchants.MapPost("/{merchantId:uuid}/keys", AddKey)
            .Allow(Callers.Operator)
            .Describe("addMerchantKey", "Make a key for a merchant's backend",
                "`jk_test_...` for a merchant in test mode, `jk_live_...` for one in live mode; shown this once. "
                + "Without `scopes` it may do all that merchants may.")
            .Takes<NewMerchantKeyBody>().Heeds(Heading.Key).Gives<MerchantKeyView>(201)
            .Refuses([.. Texts, "word-not-known"]);

        merchants.MapPost("/{merchantId:uuid}/keys/{keyId:uuid}/rotate", RotateKey)
            .Allow(Callers.Operator)
            .Describe("rotateMerchantKey", "Replace a merchant's key",
                "Makes another key with the same name and scopes. The old one works for `overlapHours` more.")
            .Takes<RotateKeyBody>().Heeds(Heading.Key).Gives<MerchantKeyView>(201)
            .Refuses("expiry-out-of-range", "key-not-active");

        merchants.MapPost("/{merchantId:uuid}/keys/{keyId:uuid}/revoke", RevokeKey)
            .Allow(Callers.Operator)
            .Describe("revokeMerchantKey", "Revoke a merchant's key", "It is good for nothing at once.")
            .HeedsNoKey("Repeating it does no harm.")
            .TakesNothing().Gives<MerchantKeyView>(200);
    }

    private static async Task<IResult> List(IMerchants merchants) =>
        (await merchants.List()).Whole(MerchantView.Of, HostedJson.Default.ListViewMerchantView);

    private static async Task<IResult> Add(HttpContext http, IMerchants merchants)
    {
        var body = await JsonBody.Read(http);
        var (plan, operation) = (body.As<NewMerchantBody>().Command(), body.Operation());
        return body.Refusal(() => MerchantRules.Broken(plan))
            ?? (await merchants.Add(plan, operation)).Made(MerchantView.Of, HostedJson.Default.MerchantView);
    }

    private static async Task<IResult> ListKeys(Guid merchantId, IMerchants merchants) =>
        (await merchants.Keys(merchantId)).Shown(
            found => new ListView<MerchantKeyView>([.. found.Keys.Select(MerchantKeyView.Of)], Paging.AllOfIt),
            HostedJson.Default.ListViewMerchantKeyView);

    private static async Task<IResult> AddKey(Guid merchantId, HttpContext http, IMerchants merchants)
    {
        var body = await JsonBody.Read(http);
        var (plan, once) = (body.As<NewMerchantKeyBody>().Command(), body.SecretOperation());
        return body.Refusal(() => MerchantRules.Broken(plan))
            ?? (await merchants.AddKey(merchantId, plan, once)).MadeSecret(
                MerchantKeyView.Of, HostedJson.Default.MerchantKeyView);
    }

    private static async Task<IResult> RotateKey(Guid merchantId, Guid keyId, HttpContext http, IMerchants merchants)
    {
        var body = await JsonBody.ReadIfAny(http);
        var (hours, once) = (
            body.As<RotateKeyBody>().OverlapHours ?? MerchantRules.UsualOverlap, body.SecretOperation());
        return body.Refusal(() => MerchantRules.BrokenOverlap(hours))
            ?? (await merchants.RotateKey(merchantId, keyId, hours, once)).MadeSecret(
                MerchantKeyView.Of, HostedJson.Default.MerchantKeyView);
    }

    private static async Task<IResult> RevokeKey(Guid merchantId, Guid keyId, HttpContext http, IMerchants merchants) =>
        await JsonBody.Unwanted(http)
            ?? (await merchants.RevokeKey(merchantId, keyId)).Shown(
                MerchantKeyView.Of, HostedJson.Default.MerchantKeyView);
}

/// <summary>A merchant to create.</summary>
/// <param name="StoreIds">The kitchens that are its stores.</param>
internal sealed record NewMerchantBody(
    [Length(1, LongestName)] string Name, [Length(1, MerchantRules.MostStores)] IReadOnlyList<Guid> StoreIds)
{
    public MerchantPlan Command() => new(Name, StoreIds.ToSequence());
}

/// <summary>A key to create for a merchant's backend.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What it may do; all of them when left out.</param>
internal sealed record NewMerchantKeyBody(
    [Length(1, LongestName)] string Name,
    [AllowedValues(
        MerchantRules.ReadPayments, MerchantRules.WritePayments, MerchantRules.ReadWebhooks,
        MerchantRules.WriteWebhooks)]
    IReadOnlyList<string>? Scopes = null)
{
    public MerchantKeyPlan Command() => new(Name, Scopes?.ToSequence());
}

/// <summary>How a key is replaced.</summary>
/// <param name="OverlapHours">How long the old key works beside the new one.</param>
internal sealed record RotateKeyBody(
    [Range(0, MerchantRules.LongestOverlap), DefaultValue(MerchantRules.UsualOverlap)] int? OverlapHours = null);

/// <summary>A business whose web shops are paid through the hosted page.</summary>
/// <param name="StoreIds">Its kitchens.</param>
internal sealed record MerchantView(
    Guid Id, string Name, IReadOnlyList<Guid> StoreIds, bool Livemode, DateTimeOffset CreatedAt)
{
    public string Object { get; } = "merchant";

    public static MerchantView Of(Merchant merchant) =>
        new(merchant.Id, merchant.Name, merchant.StoreIds, merchant.LiveMode, merchant.CreatedAt);
}

/// <summary>An API key of a merchant's backend.</summary>
/// <param name="ExpiresAt">When a key that was replaced ends.</param>
/// <param name="LastUsedAt">To within five minutes.</param>
/// <param name="Active">False once it was revoked.</param>
internal sealed record MerchantKeyView(
    Guid Id, Guid MerchantId, string Name, IReadOnlyList<string> Scopes, bool Livemode, DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, bool Active)
{
    public string Object { get; } = "merchant_key";

    /// <summary>The bearer token. Shown once, when the key is made.</summary>
    public string? Token { get; init; }

    public static MerchantKeyView Of(MerchantKey key) => new(
        key.Id, key.MerchantId, key.Name, key.Scopes, key.LiveMode, key.CreatedAt, key.ExpiresAt, key.LastUsedAt,
        key.Active);

    public static MerchantKeyView Of(NewMerchantKey key) => Of(key.Key) with { Token = key.Token };
}
