using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.WebApi.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace JikoXpress.WebApi.Access;

/// <summary>One kind of caller that may call an endpoint.</summary>
/// <param name="Roles">For staff: the roles that may call it; null means all.</param>
/// <param name="Scope">For merchants: the scope that the key must have.</param>
/// <param name="ByApp">For merchants: an app token will do, too.</param>
internal sealed record AllowedCaller(
    CallerKind Kind, Sequence<StaffRole>? Roles = null, string? Scope = null, bool ByApp = false)
{
    public bool Is(Principal principal) =>
        principal.Kind == Kind && (Roles is null || (principal.Role is { } role && Roles.Contains(role)));

    public override string ToString() => (Roles, Scope) switch
    {
        ({ } roles, _) => $"{Kind.WireName} ({string.Join(", ", roles.Select(role => role.WireName))})",
        (_, { } scope) => $"{Kind.WireName} (scope {scope})",
        _ => Kind.WireName,
    };
}

/// <summary>Which callers may call an endpoint. An endpoint without a policy is open to no caller.</summary>
/// <param name="InBrowser">A page for a browser, which may ask its user for the token.</param>
internal sealed record AccessPolicy(bool WithoutToken, Sequence<AllowedCaller> Allowed, bool InBrowser = false)
{
    public static AccessPolicy Nobody { get; } = new(false, []);

    public bool IsOpenTo(Principal principal)
    {
        foreach (var caller in Allowed)
        {
            if (caller.Is(principal)) return true;
        }

        return false;
    }

    /// <summary>The caller is an app token of a merchant, and only the merchant's key will do.</summary>
    public bool NeedsKey(Principal principal)
    {
        if (principal is not { Kind: CallerKind.Merchant, KeyId: null }) return false;
        foreach (var caller in Allowed)
        {
            if (caller.ByApp && caller.Is(principal)) return false;
        }

        return true;
    }

    /// <summary>The scope that the caller's key lacks; null if it lacks none.</summary>
    public string? MissingScope(Principal principal)
    {
        foreach (var caller in Allowed)
        {
            if (caller.Scope is { } scope && caller.Is(principal) && principal.Scopes?.Contains(scope) is not true)
                return scope;
        }

        return null;
    }
}

/// <summary>The kinds of callers, for endpoint definitions.</summary>
internal static class Callers
{
    public static AllowedCaller Till { get; } = new(CallerKind.Till);
    public static AllowedCaller Kiosk { get; } = new(CallerKind.Kiosk);
    public static AllowedCaller KitchenDisplay { get; } = new(CallerKind.KitchenDisplay);
    public static AllowedCaller TableGuest { get; } = new(CallerKind.TableGuest);
    public static AllowedCaller AppUser { get; } = new(CallerKind.AppUser);
    public static AllowedCaller Bot { get; } = new(CallerKind.Bot);
    public static AllowedCaller Merchant { get; } = new(CallerKind.Merchant);
    public static AllowedCaller MerchantReading { get; } =
        new(CallerKind.Merchant, Scope: MerchantRules.ReadPayments);
    public static AllowedCaller MerchantWriting { get; } =
        new(CallerKind.Merchant, Scope: MerchantRules.WritePayments);
    public static AllowedCaller WebhooksReading { get; } =
        new(CallerKind.Merchant, Scope: MerchantRules.ReadWebhooks);
    public static AllowedCaller WebhooksWriting { get; } =
        new(CallerKind.Merchant, Scope: MerchantRules.WriteWebhooks);

    /// <summary>The same, where an app in customers' hands may call too.</summary>
    public static AllowedCaller AlsoByApp(this AllowedCaller merchant) => merchant with { ByApp = true };

    public static AllowedCaller Operator { get; } = new(CallerKind.Operator);

    /// <summary>Staff in one of these roles; without roles, any staff.</summary>
    public static AllowedCaller Staff(params ReadOnlySpan<StaffRole> roles) =>
        new(CallerKind.Staff, roles.IsEmpty ? null : Sequence.Of(roles));

    /// <summary>Only these callers may call the endpoint, with a token.</summary>
    public static TBuilder Allow<TBuilder>(this TBuilder endpoint, params ReadOnlySpan<AllowedCaller> callers)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AccessPolicy(WithoutToken: false, Sequence.Of(callers)));

    /// <summary>Anyone may call the endpoint, without a token.</summary>
    public static TBuilder AllowAnyone<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AccessPolicy(WithoutToken: true, []));

    /// <summary>Requires the operator key; a browser asks for it as a password, with any user name.</summary>
    public static TBuilder ForOperator<TBuilder>(this TBuilder pages) where TBuilder : IEndpointConventionBuilder =>
        pages.WithMetadata(new AccessPolicy(WithoutToken: false, [Operator], InBrowser: true));

    extension(HttpContext http)
    {
        /// <summary>Only the head of the answer was asked for: there is nothing to wait for.</summary>
        public bool IsHead => http.Features.Get<HeadRequest>() is not null;

        /// <summary>The caller. Only for endpoints that require a token.</summary>
        public Principal Principal => http.Features.GetRequiredFeature<Principal>();

        /// <summary>
        /// Refuses a token of another channel: each channel has its own kind of token. A missing channel (value 0,
        /// which no wire name has) is reported by the next check.
        /// </summary>
        public Problem? NotPermittedOn(Channel channel) => channel is 0 || ChannelOf(http.Principal.Kind) == channel
            ? null
            : new Problem(
                StatusCodes.Status403Forbidden, "channel-not-permitted",
                $"A token of kind {http.Principal.Kind.WireName} does not open sessions on {channel.WireName}.");

        /// <summary>Refuses a guest's order for another table than the one whose code was scanned.</summary>
        public Problem? NotItsTable(OpenSession command) =>
            http.Principal.TableNumber is { } own && command.TableNumber is { } wanted && wanted != own
                ? Problem.Of([.. SessionRules.Broken(command), KitchenRefusals.TableMismatch(own)])
                : null;

        /// <summary>Refuses callers other than staff: the rest of a payment is taken at the till.</summary>
        public Problem? NotAtTheTill(SuspenseDecision decision) =>
            decision is SuspenseDecision.TakeRest && http.Principal.Kind is not CallerKind.Staff
                ? new Problem(
                    StatusCodes.Status403Forbidden, "role-not-allowed",
                    "Only staff at a till can take the rest.")
                : null;

        /// <summary>Refuses another kitchen than the caller's, as if it did not exist.</summary>
        public Problem? NotItsKitchen(Guid? kitchenId) =>
            kitchenId is not { } wanted || http.Principal.MayOrderFrom(wanted)
                ? null
                : Problem.Of(SessionRefusals.KitchenNotFound);
    }

    extension(HttpRequest request)
    {
        /// <summary>False for GET and HEAD.</summary>
        public bool MayChangeSomething => !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
    }

    private static Channel? ChannelOf(CallerKind kind) => kind switch
    {
        CallerKind.Staff => Channel.Pos,
        CallerKind.Kiosk => Channel.Kiosk,
        CallerKind.TableGuest => Channel.TableQr,
        CallerKind.AppUser => Channel.App,
        CallerKind.Bot => Channel.Whatsapp,
        CallerKind.Merchant or CallerKind.Operator or CallerKind.Till => null,
        CallerKind.KitchenDisplay or CallerKind.HostedPage or CallerKind.Clock or CallerKind.Aggregator => null,
    };
}

/// <summary>A feature of a request that was sent as HEAD and is answered as GET.</summary>
internal sealed record HeadRequest;
