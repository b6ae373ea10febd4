using System.Diagnostics;
using JikoXpress.Domain;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Carts;

/// <summary>The checkout sessions of one cart, which are paid together.</summary>
internal static class CheckoutGroupEndpoints
{
    public static void MapCheckoutGroups(this IEndpointRouteBuilder api)
    {
        var groups = api.MapGroup("/checkout-groups").WithTags("Cart");

        groups.MapGet("/{id:uuid}", Get)
            .Allow(Callers.AppUser, Callers.Operator)
            .Describe("getCheckoutGroup", "Get a checkout group",
                "As it stands now. To wait for a change, wait for one of its sessions: they change together.")
            .Heeds(Heading.Tag).Gives<CheckoutGroupView>(200);

        groups.MapPost("/{id:uuid}/cancel", Cancel)
            .In(Lane.Settling)
            .Allow(Callers.AppUser)
            .Describe("cancelCheckoutGroup", "Cancel a checkout group",
                "Only while it waits for payment. The items of all its kitchens are free again, and the cart can be "
                + "checked out anew.")
            .TakesNothing().Heeds(Heading.Key, Heading.Match, Heading.Tag)
            .Gives<CheckoutGroupView>(200).Refuses("session-not-pending", "already-confirmed");
    }

    /// <summary>The answer to a checkout: 201 with the Location of the new group.</summary>
    public static IResult CheckedOut(this HttpContext http, Reply<CheckoutGroup> reply) => reply switch
    {
        Reply<CheckoutGroup>.Accepted({ } group, _, var replayed) => http.Shown(group) with
        {
            Status = StatusCodes.Status201Created,
            Location = $"{CheckoutGroupViews.Path}/{group.Leading.Id}",
            Replayed = replayed,
        },
        Reply<CheckoutGroup>.Refused(var refusals) => Problem.Of(refusals),
        _ => throw new UnreachableException("A reply must be accepted or refused."),
    };

    private static async Task<IResult> Get(Guid id, HttpContext http, IGrainFactory grains) =>
        await http.Group(id, grains) is { } group ? http.Shown(group) : NotFound;

    private static async Task<IResult> Cancel(Guid id, HttpContext http, IGrainFactory grains)
    {
        var body = await JsonBody.ReadIfAny(http);
        var operation = body.Operation();
        if ((body.Refusal()) is { } problem) return problem;
        if (await http.Group(id, grains) is not { } group) return NotFound;
        if (EntityTags.Mismatch(http.Request, CheckoutGroupViews.Tag(group)) is { } mismatch) return mismatch;

        var cancel = new CancelSession(http.Principal.Caller, operation, WholeGroup: true);
        return await grains.Session(id).Cancel(cancel, http.Patience) switch
        {
            Reply<Session>.Accepted { Replayed: var replayed } =>
                http.Shown(await http.Group(id, grains) ?? group) with { Replayed = replayed },
            Reply<Session>.Refused(var refusals) => Problem.Of(refusals),
            _ => throw new UnreachableException("A reply must be accepted or refused."),
        };
    }

    private static Problem NotFound => Problem.Of(CartRefusals.GroupNotFound);

    extension(HttpContext http)
    {
        /// <summary>The group, if it exists and this caller may see it.</summary>
        private async Task<CheckoutGroup?> Group(Guid id, IGrainFactory grains)
        {
            var session = grains.Session(id);
            if (http.Visible(await session.Read()) is not { Leads: true, Opening.Group: { } known }) return null;
            var group = await Members(known, grains);
            if (group.Sessions.All(one => one.Status == group.Leading.Status)) return group;

            // Its deadline has passed and the expiry is not committed, or this process has not seen that commit yet.
            await session.Expire();
            foreach (var follower in known.Followers) await grains.Session(follower).LookAgain();
            return await Members(known, grains);
        }

        private Answer<CheckoutGroupView> Shown(CheckoutGroup group) => new(
            StatusCodes.Status200OK, CheckoutGroupViews.For(http.Principal.Kind, group),
            SessionJson.Default.CheckoutGroupView)
        {
            Tag = $"\"{CheckoutGroupViews.Tag(group)}\"",
        };
    }

    private static async Task<CheckoutGroup> Members(SessionGroup group, IGrainFactory grains)
    {
        Sequence<GroupMember> members = [];
        foreach (var id in group.Sessions)
        {
            var (session, version) = await grains.Session(id).Read();
            members = members.With(new GroupMember(session, version));
        }

        return new CheckoutGroup(members);
    }
}
