using System.Diagnostics;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Sessions;

/// <summary>Turns what a session's grain says into what a caller reads.</summary>
internal static class SessionAnswers
{
    extension(HttpContext http)
    {
        /// <summary>The answer to opening: 201 with the place of the new session.</summary>
        public IResult Opened(Reply<Session> reply) => http.Answered(reply, _ => StatusCodes.Status201Created) switch
        {
            Answer<SessionView> answer => answer with { Location = answer.View.Links.Self },
            var refused => refused,
        };

        /// <summary>The answer to a payment: 202 while some of its parts are still awaited.</summary>
        public IResult PaidOrAwaited(Reply<Session> reply) => http.Answered(
            reply, session => session is Session.Pending ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);

        public IResult Answered(Reply<Session> reply) => http.Answered(reply, _ => StatusCodes.Status200OK);

        /// <summary>The session, where it is there for this caller.</summary>
        public Session.Opened? Visible(Snapshot<Session> snapshot) =>
            snapshot.State is Session.Opened opened && http.Principal.Caller.MaySee(opened.Opening) ? opened : null;

        /// <summary>What If-Match refuses; null where it is not given, or nothing is there to compare with.</summary>
        public async Task<Problem?> Mismatch(ICheckoutSessionGrain session)
        {
            if (http.Request.Headers.IfMatch.Count is 0) return null;
            var snapshot = await session.Read();
            return http.Visible(snapshot) is { } opened
                ? EntityTags.Mismatch(http.Request, StateTag(opened, snapshot.Version))
                : null;
        }

        private IResult Answered(Reply<Session> reply, Func<Session, int> status) => reply switch
        {
            Reply<Session>.Accepted({ } session, var version, var replayed) =>
                http.Shown(status(session), (Session.Opened)session, version) with { Replayed = replayed },
            Reply<Session>.Refused(var refusals) => Problem.Of(refusals),
            _ => throw new UnreachableException("A reply is accepted or refused."),
        };

        /// <summary>A session's view with its tag.</summary>
        public Answer<SessionView> Shown(int status, Session.Opened session, long version) => new(
            status, SessionViews.For(http.Principal.Kind, session, version), SessionJson.Default.SessionView)
        {
            Tag = $"\"{StateTag(session, version)}\"",
        };
    }

    public static Problem NotFound => Problem.Of(SessionRefusals.NotFound);

    /// <summary>
    /// The version, and what happened so far: where the clock has ended something and nobody has committed that yet,
    /// the version is still the old one, but the timeline has grown.
    /// </summary>
    public static string StateTag(Session.Opened session, long version) => $"{version}.{session.Timeline.Count}";
}
