using JikoXpress.Domain;
using JikoXpress.WebApi.Access;
using Microsoft.OpenApi;

namespace JikoXpress.WebApi.Documentation;

/// <summary>Describes the callers of an operation, from its access policy.</summary>
internal static class OperationCallers
{
    public static void Add(OpenApiOperation operation, AccessPolicy policy, OpenApiDocument document)
    {
        operation.Description += policy.WithoutToken
            ? "\n\nOpen to everybody, without a token."
            : $"\n\nOpen to: {string.Join(", ", policy.Allowed)}.";
        operation.Security = [.. policy.Allowed.Select(caller => Requirement(caller, document))];
    }

    /// <summary>One security scheme for each kind of caller; all use bearer tokens.</summary>
    public static IEnumerable<(string Name, OpenApiSecurityScheme Scheme)> Schemes() =>
    [
        Scheme(CallerKind.Staff, "Staff at a till: the token that the PIN gives. Roles: CASHIER, MANAGER, KITCHEN."),
        Scheme(CallerKind.Till, "A till or store tablet that nobody has signed in at: the token of its pairing."),
        Scheme(CallerKind.Kiosk, "A kiosk: the token of its pairing."),
        Scheme(CallerKind.KitchenDisplay, "A screen in the kitchen: the token of its pairing."),
        Scheme(CallerKind.TableGuest,
            "A guest at a table: the short-lived token that the table's QR code is exchanged for."),
        Scheme(CallerKind.AppUser, "A user of the JikoXpress app: the account's token."),
        Scheme(CallerKind.Bot, "A WhatsApp bot: an API key bound to its kitchens."),
        Scheme(
            CallerKind.Merchant,
            "A merchant's backend: an API key, jk_test_ or jk_live_, or its app token, with scopes."),
        Scheme(CallerKind.Operator, "Who runs this server: the key it was started with."),
    ];

    private static (string Name, OpenApiSecurityScheme Scheme) Scheme(CallerKind kind, string description) => (
        NameOf(kind),
        new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = description });

    private static OpenApiSecurityRequirement Requirement(AllowedCaller caller, OpenApiDocument document) => new()
    {
        [new OpenApiSecuritySchemeReference(NameOf(caller.Kind), document)] =
            [
                .. (caller.Roles ?? []).Select(role => role.WireName),
                .. caller.Scope is { } scope ? [scope] : Array.Empty<string>(),
            ],
    };

    private static string NameOf(CallerKind kind) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{kind}");
}
