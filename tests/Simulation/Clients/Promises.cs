using JikoXpress.Domain;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Clients;

/// <summary>What was promised to somebody: answers given to operations, and webhooks taken.</summary>
internal sealed class Promises(Universe world)
{
    private const string OneAnswer = "an operation has one answer";

    /// <summary>For so long a session's grain believes what it has in memory.</summary>
    private static readonly TimeSpan MostBehind = TimeSpan.FromSeconds(5);

    private readonly Dictionary<Guid, (string State, long Version)> answers = [];

    /// <summary>An operation was answered: that is kept, and whoever asks again hears the same.</summary>
    /// <param name="mayChangeNothing">What is so already is not done, and then nothing is kept.</param>
    public void Answered<T>(Operation operation, Reply<T>.Accepted accepted, bool mayChangeNothing)
    {
        if (mayChangeNothing && world.Database.Operation(operation.Id) is null) return;
        var answer = (State: StateJson.Write(accepted.State), accepted.Version);
        if (answers.TryGetValue(operation.Id, out var first) && first != answer)
            world.Fail(OneAnswer, $"{world.Name(operation.Id)}: v{first.Version}, then v{answer.Version}");
        answers[operation.Id] = answer;
        var kept = world.Database.Operation(operation.Id);
        // What a cart was checked out as counts its own versions.
        if (kept is null || kept.State != answer.State
            || (kept.Kind != GrainKind.Cart && kept.Version != answer.Version))
            world.Fail("what was answered is kept", $"{world.Name(operation.Id)}: kept v{kept?.Version ?? 0}");
    }

    /// <summary>An answer was no, though the same had been answered with yes, or was done.</summary>
    /// <param name="isFirst">Nobody has tried it before, and so nobody else can have done it.</param>
    public void Refused(Operation operation, Refusal refusal, bool isFirst)
    {
        if (answers.ContainsKey(operation.Id))
            world.Fail(OneAnswer, $"{world.Name(operation.Id)}: accepted, then {refusal.Code}");
        if (isFirst && world.Database.Operation(operation.Id) is not null)
            world.Fail("what is refused is not done", $"{world.Name(operation.Id)}: {refusal.Code}");
    }

    /// <summary>Somebody has read a session.</summary>
    public void Seen(Guid session, long version, DateTimeOffset asked)
    {
        var known = world.History.VersionAt(session, asked - MostBehind);
        if (version < known)
            world.Fail("what is read is seconds old at most", $"{world.Name(session)} v{version}, and v{known} since");
    }

    /// <summary>The aggregator heard that its event is kept: it will not come again.</summary>
    public void Acknowledged(string eventId)
    {
        world.Census.Count("webhooks taken");
        if (world.Database.Inbox.All(kept => kept.EventId != eventId))
            world.Fail("a webhook is kept before it is answered", $"{eventId} is not in the inbox");
    }
}
