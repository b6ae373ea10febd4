using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.WebApi.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace JikoXpress.WebApi.Access;

/// <summary>One kind of caller that an endpoint is open to.</summary>
/// <param name="Roles">For staff: in which roles.</param>
internal sealed record AllowedCaller(CallerKind Kind, Sequence<StaffRole>? Roles = null)
{
    public bool Is(Principal principal) =>
        principal.Kind == Kind && (Roles is null || (principal.Role is { } role && Roles.Contains(role)));

    public override string ToString() =>
        Roles is null ? Kind.WireName : $"{Kind.WireName} ({string.Join(", ", Roles.Select(role => role.WireName))})";
}

/// <summary>Who may call an endpoint; every endpoint declares one, and one without is open to nobody.</summary>
/// <param name="InBrowser">It is a page: a browser may ask its user for the token.</param>
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
}

/// <summary>The kinds of callers, for endpoints to name.</summary>
internal static class Callers
{
    public static AllowedCaller Till { get; } = new(CallerKind.Till);
    public static AllowedCaller Kiosk { get; } = new(CallerKind.Kiosk);
    public static AllowedCaller TableGuest { get; } = new(CallerKind.TableGuest);
    public static AllowedCaller AppUser { get; } = new(CallerKind.AppUser);
    public static AllowedCaller Bot { get; } = new(CallerKind.Bot);
    public static AllowedCaller Merchant { get; } = new(CallerKind.Merchant);
    public static AllowedCaller Operator { get; } = new(CallerKind.Operator);

    /// <summary>Staff in one of these roles; in any role where none is named.</summary>
    public static AllowedCaller Staff(params ReadOnlySpan<StaffRole> roles) =>
        new(CallerKind.Staff, roles.IsEmpty ? null : Sequence.Of(roles));

    /// <summary>Who may call the endpoint, with a token.</summary>
    public static TBuilder Allow<TBuilder>(this TBuilder endpoint, params ReadOnlySpan<AllowedCaller> callers)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AccessPolicy(WithoutToken: false, Sequence.Of(callers)));

    /// <summary>The endpoint is open to everybody, without a token.</summary>
    public static TBuilder AllowAnyone<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AccessPolicy(WithoutToken: true, []));

    extension(HttpContext http)
    {
        /// <summary>Who calls. Only endpoints that ask for a token may ask.</summary>
        public Principal Principal => http.Features.GetRequiredFeature<Principal>();

        /// <summary>
        /// Each channel has its own kind of token: nobody sells in another's name. A channel that was left out (no word
        /// has the value 0) is missed at the next stage.
        /// </summary>
        public Problem? NotPermittedOn(Channel channel) => channel is 0 || ChannelOf(http.Principal.Kind) == channel
            ? null
            : new Problem(
                StatusCodes.Status403Forbidden, "channel-not-permitted",
                $"A token of kind {http.Principal.Kind.WireName} does not open sessions on {channel.WireName}.");

        /// <summary>A guest orders for the table whose code was scanned.</summary>
        public Problem? NotItsTable(OpenSession command) =>
            http.Principal.TableNumber is { } own && command.TableNumber is { } wanted && wanted != own
                ? Problem.Of([.. SessionRules.Broken(command), KitchenRefusals.TableMismatch(own)])
                : null;

        /// <summary>The rest is paid at the till, to those who stand there.</summary>
        public Problem? NotAtTheTill(SuspenseDecision decision) =>
            decision is SuspenseDecision.TakeRest && http.Principal.Kind is not CallerKind.Staff
                ? new Problem(
                    StatusCodes.Status403Forbidden, "role-not-allowed",
                    "Only who stands at the till can take the rest.")
                : null;

        /// <summary>A caller that belongs to kitchens orders from no other: that one is not there for it.</summary>
        public Problem? NotItsKitchen(Guid? kitchenId) =>
            kitchenId is not { } wanted || http.Principal.MayOrderFrom(wanted)
                ? null
                : Problem.Of(SessionRefusals.KitchenNotFound);
    }

    extension(HttpRequest request)
    {
        /// <summary>False for who only looks.</summary>
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
        CallerKind.Clock or CallerKind.Aggregator => null,
    };
}
