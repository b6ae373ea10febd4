using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.WebApi.Problems;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace JikoXpress.WebApi.Access;

/// <summary>Identifies the caller, and checks that it may call the endpoint, before the body is read.</summary>
internal sealed class CallerCheck(RequestDelegate next, ICredentials credentials)
{
    /// <summary>Makes a browser ask for a user name and a password.</summary>
    private const string AskForKey = "Basic realm=\"JikoXpress: the key is the password\", charset=\"UTF-8\"";

    public async Task InvokeAsync(HttpContext http)
    {
        // The framework's endpoints for 405 and 415 are not RouteEndpoints and have no policy.
        var problem = http.GetEndpoint() is RouteEndpoint endpoint
            ? await Refusal(http, endpoint.Metadata.GetMetadata<AccessPolicy>() ?? AccessPolicy.Nobody)
            : null;
        if (http.Request.MayChangeSomething && http.Features.Get<Principal>() is { } caller)
            OnBehalfOf.Current = new OnBehalfOf(caller.Kind, caller.Id, Problem.TraceOf(http));
        await (problem is null ? next(http) : problem.ExecuteAsync(http));
    }

    private async ValueTask<Problem?> Refusal(HttpContext http, AccessPolicy policy)
    {
        if (http.Request.Headers.Authorization.Count > 1)
        {
            return new Problem(Status400BadRequest, "malformed-request", "There are two Authorization headers.");
        }

        if (policy.WithoutToken) return null;
        var token = http.BearerToken ?? (policy.InBrowser ? http.TypedToken : null);
        if (token is null) return Unauthenticated(policy.InBrowser ? AskForKey : "Bearer");
        return await credentials.Find(token) switch
        {
            CredentialAnswer.Found(var principal) => Admit(http, policy, principal),
            CredentialAnswer.Expired => new Problem(Status401Unauthorized, "token-expired", "The token has expired.")
            {
                Challenge = "Bearer error=\"invalid_token\", error_description=\"expired\"",
            },
            _ => Unauthenticated(policy.InBrowser ? AskForKey : "Bearer error=\"invalid_token\""),
        };
    }

    private static Problem? Admit(HttpContext http, AccessPolicy policy, Principal principal)
    {
        http.Features.Set(principal);
        return policy.IsOpenTo(principal)
            ? null
            : new Problem(
                Status403Forbidden, "role-not-allowed", $"This is open to {string.Join(", ", policy.Allowed)} only.");
    }

    private static Problem Unauthenticated(string challenge) =>
        new(Status401Unauthorized, "unauthenticated", "A valid bearer token is needed.") { Challenge = challenge };
}
