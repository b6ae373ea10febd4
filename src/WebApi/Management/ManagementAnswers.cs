using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Management;

/// <summary>Turns the replies to management commands into HTTP answers.</summary>
internal static class ManagementAnswers
{
    /// <summary>
    /// 404 unless the kitchen is the caller's own; for operators and app users, unless it exists. Test tokens see only
    /// kitchens in test mode.
    /// </summary>
    public static async ValueTask<Problem?> Elsewhere(this HttpContext http, Guid kitchenId, IKitchens kitchens)
    {
        var caller = http.Principal;
        if (!caller.MayOrderFrom(kitchenId)) return Problem.Of(KitchenRefusals.NotFound);
        if (caller.KitchenId is not null) return null;
        return await kitchens.Find(kitchenId) is Reply<Kitchen>.Accepted(var kitchen, _, _)
            && (caller.Kind == CallerKind.Operator || caller.LiveMode == kitchen.LiveMode)
                ? null
                : Problem.Of(KitchenRefusals.NotFound);
    }

    /// <summary>200 with the view.</summary>
    public static IResult Shown<T, TView>(this Reply<T> reply, Func<T, TView> view, JsonTypeInfo<TView> type) =>
        reply.Answered(StatusCodes.Status200OK, view, type);

    /// <summary>201 with the view, and with its Location if it has one.</summary>
    public static IResult Made<T, TView>(
        this Reply<T> reply, Func<T, TView> view, JsonTypeInfo<TView> type, Func<TView, string>? place = null) =>
        reply.Answered(StatusCodes.Status201Created, view, type) switch
        {
            Answer<TView> answer => answer with { Location = place?.Invoke(answer.View) },
            var refused => refused,
        };

    /// <summary>As <see cref="Made"/>, for a view with a secret, which no cache may store.</summary>
    public static IResult MadeSecret<T, TView>(
        this Reply<T> reply, Func<T, TView> view, JsonTypeInfo<TView> type) =>
        reply.Answered(StatusCodes.Status201Created, view, type) switch
        {
            Answer<TView> answer => answer with { Secret = true },
            var refused => refused,
        };

    private static IResult Answered<T, TView>(
        this Reply<T> reply, int status, Func<T, TView> view, JsonTypeInfo<TView> type) => reply switch
        {
            Reply<T>.Accepted(var value, _, var replayed) =>
                new Answer<TView>(status, view(value), type) { Replayed = replayed },
            Reply<T>.Refused(var refusals) => Problem.Of(refusals),
            _ => throw new UnreachableException("A reply must be accepted or refused."),
        };
}

/// <summary>Problem codes of the management rules that many endpoints share, for the API document.</summary>
internal static class ManagementCodes
{
    /// <summary>For bodies with a name.</summary>
    public static string[] Texts { get; } = ["invalid-text", "card-data-not-accepted"];
}
