using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Problems;
using Microsoft.AspNetCore.Http.Metadata;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace JikoXpress.WebApi.Access;

/// <summary>Identifies the caller, and checks that it may call the endpoint, before the body is read.</summary>
internal sealed class CallerCheck(RequestDelegate next, ICredentials credentials, Buckets buckets)
{
    /// <summary>Makes a browser ask for a user name and a password.</summary>
    private const string AskForKey = "Basic realm=\"JikoXpress: the key is the password\", charset=\"UTF-8\"";

    public async Task InvokeAsync(HttpContext http)
    {
        // The framework's endpoints for 405 and 415 are not RouteEndpoints and have no policy.
        var problem = http.GetEndpoint() is RouteEndpoint endpoint
            ? await Refusal(http, endpoint.Metadata.GetMetadata<AccessPolicy>() ?? AccessPolicy.Nobody)
            : null;
        problem ??= EntityTags.Unheeded(http) ?? Unasked(http);
        if (http.Request.MayChangeSomething && http.Features.Get<Principal>() is { } caller)
            OnBehalfOf.Current = new OnBehalfOf(caller.Kind, caller.Id, Problem.TraceOf(http));
        await (problem is null ? next(http) : problem.ExecuteAsync(http));
    }

    /// <summary>
    /// Refuses parameters where an endpoint of the API has neither a query nor a body; those that do look themselves.
    /// </summary>
    private static Problem? Unasked(HttpContext http)
    {
        if (!http.Request.QueryString.HasValue
            || http.GetEndpoint() is not RouteEndpoint endpoint
            || endpoint.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) is not true
            || endpoint.Metadata.GetMetadata<Asked>() is not null
            || endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not null) return null;
        var violations = new Violations();
        Query.RefuseAllBut(http.Request, [], violations);
        return violations.Broken();
    }

    private async ValueTask<Problem?> Refusal(HttpContext http, AccessPolicy policy)
    {
        if (http.Request.Headers.Authorization.Count > 1)
        {
            return new Problem(Status400BadRequest, "malformed-request", "There are two Authorization headers.");
        }

        if (policy.WithoutToken) return null;
        var token = http.BearerToken ?? (policy.InBrowser ? http.TypedToken : null);
        var ticket = http.TicketOfStream;
        if (token is not null && ticket is not null)
        {
            return new Problem(Status400BadRequest, "malformed-request", "There are a token and a ticket: send one.");
        }

        if (ticket is not null)
            return Found(http, policy, await http.RequestServices.GetRequiredService<IStreamTickets>()
                .Spend(ticket, http.Request.Path));
        return token is null
            ? Unauthenticated(policy.InBrowser ? AskForKey : "Bearer")
            : Found(http, policy, await credentials.Find(token));
    }

    private Problem? Found(HttpContext http, AccessPolicy policy, CredentialAnswer answer) => answer switch
    {
        CredentialAnswer.Found(var principal) => Admit(http, policy, principal),
        CredentialAnswer.Expired => new Problem(Status401Unauthorized, "token-expired", "The token has expired.")
        {
            Challenge = "Bearer error=\"invalid_token\", error_description=\"expired\"",
        },
        _ => Unknown(http, policy.InBrowser ? AskForKey : "Bearer error=\"invalid_token\""),
    };

    /// <summary>
    /// A token that nobody holds had a bucket of its own until here. It counts for its address, so that inventing
    /// tokens does not make requests free.
    /// </summary>
    private Problem Unknown(HttpContext http, string challenge)
    {
        using var taken = buckets.TakeOfAddress(http);
        return taken.IsAcquired ? Unauthenticated(challenge) : LoadLimits.RateLimited(taken);
    }

    private static Problem? Admit(HttpContext http, AccessPolicy policy, Principal principal)
    {
        http.Features.Set(principal);
        if (!policy.IsOpenTo(principal))
        {
            return new Problem(
                Status403Forbidden, "role-not-allowed", $"This is open to {string.Join(", ", policy.Allowed)} only.");
        }

        if (policy.NeedsKey(principal))
        {
            return new Problem(
                Status403Forbidden, "role-not-allowed",
                "An app token opens sessions and reads them one by one: use the API key for this.");
        }

        return policy.MissingScope(principal) is { } scope
            ? new Problem(Status403Forbidden, "scope-missing", $"The key lacks the scope {scope}.")
            : null;
    }

    private static Problem Unauthenticated(string challenge) =>
        new(Status401Unauthorized, "unauthenticated", "A valid bearer token is needed.") { Challenge = challenge };
}
