using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Management;

namespace JikoXpress.WebApi.Merchants;

/// <summary>Tokens for merchants' apps, which are in customers' hands and must not have an API key.</summary>
internal static class AppTokenEndpoints
{
    public static void MapAppTokens(this IEndpointRouteBuilder api) => api
        .MapPost("/app-tokens", Add)
        .Allow(Callers.Merchant)
        .WithTags("Hosted checkout")
        .Describe("addAppToken", "Make a token for the merchant's app",
            "With an API key, for an app that opens sessions itself. The token has some of the key's scopes for a "
            + "short time, and ends with the key: whoever revokes the key revokes its tokens. It opens sessions "
            + "for single payments and reads those that it has opened, and nothing else. What an app says is said by "
            + "whoever holds it: compare the amount with the order before you fulfil it.")
        .Takes<NewAppTokenBody>().Heeds(Heading.Key).Gives<AppTokenView>(201)
        .Refuses("word-not-known", "scope-not-allowed", "expiry-out-of-range", "not-found");

    private static async Task<IResult> Add(HttpContext http, IMerchants merchants)
    {
        var body = await JsonBody.ReadIfAny(http);
        var (plan, once) = (body.As<NewAppTokenBody>().Command(), body.SecretOperation());
        return body.Refusal(() => MerchantRules.Broken(plan))
            ?? (await merchants.AddAppToken(http.Principal.KeyId ?? Guid.Empty, plan, once)).MadeSecret(
                AppTokenView.Of, HostedJson.Default.AppTokenView);
    }
}

/// <summary>A token to make.</summary>
/// <param name="Scopes">Some of the key's; all of them when left out.</param>
/// <param name="ExpiresIn">In seconds.</param>
internal sealed record NewAppTokenBody(
    [AllowedValues(MerchantRules.ReadPayments, MerchantRules.WritePayments)] IReadOnlyList<string>? Scopes = null,
    [Range(MerchantRules.ShortestTokenLife, MerchantRules.LongestTokenLife),
        DefaultValue(MerchantRules.UsualTokenLife)] int? ExpiresIn = null)
{
    public AppTokenPlan Command() => new(Scopes?.ToSequence(), ExpiresIn);
}

/// <summary>A token for a merchant's app.</summary>
/// <param name="Token">The bearer token, jk_app_test_... or jk_app_live_.... Shown this once.</param>
internal sealed record AppTokenView(
    Guid Id, string Token, IReadOnlyList<string> Scopes, bool Livemode, DateTimeOffset ExpiresAt)
{
    public string Object { get; } = "app_token";

    public static AppTokenView Of(NewAppToken made) =>
        new(made.Id, made.Token, made.Scopes, made.LiveMode, made.ExpiresAt);
}
