using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Simulation.Faults;
using JikoXpress.Simulation.Schedule;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Clients;

/// <summary>
/// Somebody who wants something of the house and does not give up: without an answer the same is asked again with the
/// same key, of whichever host is there, and sometimes though it was answered.
/// </summary>
internal sealed class Guest(Universe world, Place place)
{
    private const int MostTries = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public Place Place => place;

    public Universe World => world;

    public Dice Dice => world.Dice;

    public Task Wait(TimeSpan least, TimeSpan most) => place.Delay(Dice.Between(least, most));

    public Operation NewOperation() => new(world.Ids.Next(), world.Ids.Next());

    /// <summary>
    /// The answer to a command; null where it has no key and nobody can know what became of it.
    /// </summary>
    public Task<Reply<Session>?> Insist(
        string what, Guid session, Operation? operation,
        Func<ICheckoutSessionGrain, CancellationToken, Task<Reply<Session>>> command) =>
        Insist(what, session, operation, (grains, id, patience) => command(grains.Session(id), patience));

    /// <summary>The answer to a command to any grain.</summary>
    public async Task<Reply<T>?> Insist<T>(
        string what, Guid grain, Operation? operation,
        Func<IGrainFactory, Guid, CancellationToken, Task<Reply<T>>> command)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var asked = tries > 0 && world.Wiring.NewSessionOnRetry && what == "open" ? world.Ids.Next() : grain;
            switch (await Once(what, asked, operation, command))
            {
                case Reply<T>.Accepted accepted when operation is not null:
                    world.Promises.Answered(operation, accepted, mayChangeNothing: what == "cook");
                    if (accepted.Replayed) world.Census.Count("answers replayed");
                    if (!Dice.Chance(0.15)) return accepted;
                    world.Census.Count("answers asked for again");
                    break;
                case Reply<T>.Refused(var refusals) when IsForNow(refusals[0]):
                    world.Census.Count($"refused {refusals[0].Code}");
                    break;
                case Reply<T>.Refused(var refusals) refused:
                    world.Census.Count($"refused {refusals[0].Code}");
                    if (operation is not null) world.Promises.Refused(operation, refusals[0], isFirst: tries == 0);
                    return refused;
                case { } accepted:
                    return accepted;
                case null when operation is null:
                    return null;
            }

            await Wait(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(8));
        }

        world.Fail("every caller gets an answer in the end", $"{place.Name}: {what} of {world.Name(grain)}");
        return null;
    }

    /// <summary>The session as some host sees it; null where none answers.</summary>
    public async Task<Session.Opened?> Look(Guid session)
    {
        var seen = await Look(async grains =>
        {
            var asked = place.Clock.GetUtcNow();
            var read = await grains.Session(session).Read();
            world.Promises.Seen(session, read.Version, asked);
            return read;
        });
        return seen as Session.Opened;
    }

    /// <summary>A grain's state as some host sees it; null where none answers.</summary>
    public async Task<T?> Look<T>(Func<IGrainFactory, ValueTask<Snapshot<T>>> read) where T : class
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            try
            {
                if (world.AnyHost() is { } host)
                    return (await InTime(host.Ask(async () => await read(host.Grains)))).State;
            }
            catch (Exception failure) when (Host.IsForeseen(failure))
            {
                // It is asked again.
            }

            await Wait(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(8));
        }

        return null;
    }

    /// <summary>Asks once; null where no answer came.</summary>
    public async Task<T?> Ask<T>(Func<Host, Task<T>> ask) where T : class
    {
        if (world.AnyHost() is not { } host) return null;
        try
        {
            var answer = await InTime(host.Ask(() => ask(host)));
            return world.Weather.Strikes(Fault.AnswerLost) ? throw new NoAnswerException() : answer;
        }
        catch (Exception failure) when (Host.IsForeseen(failure))
        {
            world.Census.Count($"unanswered {failure.GetType().Name}");
            return null;
        }
    }

    private async Task<Reply<T>?> Once<T>(
        string what, Guid grain, Operation? operation,
        Func<IGrainFactory, Guid, CancellationToken, Task<Reply<T>>> command)
    {
        var reply = await Ask(host => host.Command(
            grain, operation, patience => command(host.Grains, grain, patience)));
        world.Say(place, $"{what} {world.Name(grain)} -> {Told(reply)}");
        return reply;
    }

    private async Task<T> InTime<T>(Task<T> answer)
    {
        var over = new TaskCompletionSource();
        await using var patience = place.Clock.CreateTimer(
            _ => over.TrySetResult(), state: null, Patience, Timeout.InfiniteTimeSpan);
        await Either(answer, over.Task);
        return answer.IsCompleted ? await answer : throw new NoAnswerException();
    }

    /// <summary>Whichever comes first, without leaving the schedule as Task.WhenAny might.</summary>
    private static Task Either(Task one, Task other)
    {
        var first = new TaskCompletionSource();
        _ = Signal(one);
        _ = Signal(other);
        return first.Task;

        async Task Signal(Task task)
        {
            try
            {
                await task;
            }
            catch (Exception failure) when (Host.IsForeseen(failure))
            {
                // Who awaits the task itself hears of it.
            }

            first.TrySetResult();
        }
    }

    private static bool IsForNow(Refusal refusal) => refusal.Code is "request-in-progress" or "overloaded";

    private static string Told<T>(Reply<T>? reply) => reply switch
    {
        Reply<T>.Accepted(var state, var version, var replayed) =>
            $"{StatusOf(state)} v{version}{(replayed ? " again" : "")}",
        Reply<T>.Refused(var refusals) => refusals[0].Code,
        _ => "no answer",
    };

    private static string StatusOf(object? state) => state switch
    {
        Session.Opened session => $"{session.Status}",
        CheckoutGroup group => $"{group.Leading.Status}",
        Bill.Opened bill => $"{bill.Status}",
        _ => "done",
    };
}
