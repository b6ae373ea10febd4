using System.Diagnostics;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Management;

/// <summary>Staff sign in and out at a till.</summary>
internal static class StaffSessionEndpoints
{
    private const string Scheme = "Bearer ";

    public static void MapStaffSessions(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("/staff-sessions").WithTags("Staff sessions");

        sessions.MapPost("", Begin)
            .Allow(Callers.Till)
            .Describe("signIn", "Sign in at a till",
                "With the device token of the till or store tablet. The staff token is good for a shift: 8 hours, or "
                + "what this server is set to (`expiresAt`). Five wrong tries in a row lock "
                + "the staff number at this till for a minute, five more for longer: 429 `pin-locked` with "
                + "Retry-After. A till signs in once a second, and 30 times at once: else 429 `rate-limited`.")
            .HeedsNoKey("Repeated, it gives another token.")
            .Takes<SignInBody>().Gives<StaffSessionView>(201)
            .Refuses("staff-number-out-of-range", "pin-wrong", "pin-locked");

        sessions.MapGet("/current", Get)
            .Allow(Callers.Staff())
            .Describe("getStaffSession", "Who is signed in", "The staff member that the token stands for.")
            .Gives<StaffSessionView>(200);

        sessions.MapDelete("/current", End)
            .Allow(Callers.Staff())
            .Describe("signOut", "Sign out", "The token is good for nothing from now on.")
            .Produces(204);
    }

    private static async Task<IResult> Begin(HttpContext http, IStaffSessions sessions, SignInRates rates)
    {
        var body = await JsonBody.Read(http);
        var (number, pin) = body.As<SignInBody>();
        var till = http.Principal;
        return body.Refusal()
            ?? rates.TooMany(till.Id)
            ?? Answered(await sessions.Begin(till.KitchenId ?? Guid.Empty, till.Id, number, pin), till);
    }

    private static IResult Answered(SignIn signIn, Principal till) => signIn switch
    {
        SignIn.Welcome welcome => new Answer<StaffSessionView>(
            StatusCodes.Status201Created, StaffSessionView.Of(welcome, till), ManagementJson.Default.StaffSessionView)
        {
            Secret = true,
        },
        SignIn.Wrong => new Problem(
            StatusCodes.Status401Unauthorized, "pin-wrong", "The staff number or the PIN is wrong.")
        {
            Challenge = "Bearer",
        },
        SignIn.Locked(var length) => new Problem(
            StatusCodes.Status429TooManyRequests, "pin-locked", "Too many wrong tries: wait, or ask a manager.")
        {
            RetryAfter = (int)Math.Ceiling(length.TotalSeconds),
        },
        SignIn.Busy => FrameworkProblems.Overloaded,
        _ => throw new UnreachableException("A sign-in must be welcome, wrong or locked out or too early."),
    };

    private static Answer<StaffSessionView> Get(HttpContext http) => new(
        StatusCodes.Status200OK,
        StaffSessionView.Of(
            http.Principal,
                http.Principal.Role ?? throw new InvalidOperationException("A staff member must have a role.")),
        ManagementJson.Default.StaffSessionView);

    private static async Task<IResult> End(HttpContext http, IStaffSessions sessions)
    {
        await sessions.End(http.Request.Headers.Authorization.ToString()[Scheme.Length..]);
        return Results.NoContent();
    }
}

/// <summary>The sign-in of a staff member at a till.</summary>
/// <param name="StaffNumber">The member's number in this kitchen.</param>
internal sealed record SignInBody(
    [RefusedBeyond(1, StaffRules.MostMembers, "staff-number-out-of-range")] int StaffNumber, string Pin);
