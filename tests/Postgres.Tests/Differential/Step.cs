using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Postgres.Tests.Differential;

/// <summary>One thing that both stores are asked to do.</summary>
internal abstract record Step
{
    private Step() { }

    /// <summary>Commits that share a call.</summary>
    public sealed record Batch(Sequence<GrainCommit> Commits) : Step;

    /// <summary>Commits that come to the writers at the same time.</summary>
    public sealed record Rush(Sequence<GrainCommit> Commits) : Step;

    public sealed record ClaimAttempts(DateTimeOffset Now, TimeSpan Lease, int Limit) : Step;

    public sealed record BeginPush(AttemptWork Claimed) : Step;

    public sealed record PushNotSent(AttemptWork Claimed) : Step;

    public sealed record LookAgain(AttemptWork Claimed, DateTimeOffset? At) : Step;

    public sealed record LookSoon(string Reference, DateTimeOffset At) : Step;

    public sealed record ClaimRefunds(DateTimeOffset Now, TimeSpan Lease, int Limit) : Step;

    public sealed record TryRefundAgain(RefundWork Claimed, DateTimeOffset At, DateTimeOffset? RefusedAt) : Step;

    public sealed record KeepEvent(NewEvent Arrived) : Step;

    public sealed record ClaimEvents(DateTimeOffset Now, TimeSpan Lease, int Limit) : Step;

    public sealed record FinishEvent(string EventId) : Step;

    public sealed record ParkEvent(string EventId, DateTimeOffset Until) : Step;

    public sealed record ClaimSubscriptions(DateTimeOffset Now, TimeSpan Lease, int Limit) : Step;

    public sealed record StoreSubscription(
        ClaimedSubscription Claimed, Subscription Next, DateTimeOffset? DueAt, DateTimeOffset Now) : Step;

    public sealed record SwitchLink(Guid Id, bool Active) : Step;

    /// <summary>All steps that are a little less than this one.</summary>
    public IEnumerable<Step> Smaller() => this switch
    {
        Batch(var commits) => Smaller(commits).Select(smaller => new Batch(smaller)),
        Rush(var commits) => Smaller(commits).Select(smaller => new Rush(smaller)),
        _ => [],
    };

    private static IEnumerable<Sequence<GrainCommit>> Smaller(Sequence<GrainCommit> commits) =>
    [
        .. commits.Count == 1
            ? Array.Empty<Sequence<GrainCommit>>()
            : commits.Select((_, place) => commits.Where((_, other) => other != place).ToSequence()),
        .. commits.SelectMany((commit, item) => Smaller(commit).Select(smaller =>
            commits.Select((other, place) => place == item ? smaller : other).ToSequence())),
    ];

    private static IEnumerable<GrainCommit> Smaller(GrainCommit commit) =>
    [
        .. commit.Operation is null ? Array.Empty<GrainCommit>() : [commit with { Operation = null }],
        .. commit.Effects.Select((_, place) => commit with
        {
            Effects = commit.Effects.Where((_, other) => other != place).ToSequence(),
        }),
    ];
}

/// <summary>The ids of a story, which come from names, so that it reads as one.</summary>
internal sealed partial class Names(int seed)
{
    private readonly Dictionary<string, string> told = [];
    private int last;

    public Guid this[string name]
    {
        get
        {
            var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{name}")).AsSpan(0, 16));
            told[id.ToString()] = name;
            return id;
        }
    }

    public Guid Next(string kind) => this[$"{kind}-{++last}"];

    public string Tell(string text) => Ids().Replace(text, id => told.GetValueOrDefault(id.Value, id.Value));

    public string Tell(Step step) => Tell(step switch
    {
        Step.Batch(var commits) => $"- {Tell(commits)}",
        Step.Rush(var commits) => $"- at once {Tell(commits)}",
        _ => $"- {step}",
    });

    private static string Tell(Sequence<GrainCommit> commits) => string.Join("\n  ", commits.Select(Tell));

    private static string Tell(GrainCommit commit) =>
        $"{commit.Kind} {commit.Key} v{commit.ExpectedVersion} "
        + (commit.Row is { } row ? $"#{row.Number} {row.SlipCode} " : "")
        + (commit.Operation is { } operation ? $"by {operation.Id} " : "")
        + string.Concat(commit.Effects.Select(effect => $"\n        {Tell(effect)}"));

    /// <summary>Of states only what the store looks at.</summary>
    private static string Tell(Effect effect) => effect switch
    {
        Effect.KeepBill(var bill, var version) =>
            $"KeepBill {bill.Id} v{version} {bill.Status} {bill.Balance} of {bill.Total} for "
            + string.Join('+', bill.Orders),
        Effect.KeepSession(var session, var version) =>
            $"KeepSession {session.Id} v{version} {session.Status} #{session.Opening.Number} "
            + session.Opening.SlipCode,
        Effect.KeepCart(var account, var cart, var version) => $"KeepCart {account} v{version} {cart.Pending?.GroupId}",
        Effect.Publish(_, var published) => $"Publish {published}",
        _ => effect.ToString(),
    };

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Ids();
}
