using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace JikoXpress.Domain.Tests.Properties;

/// <summary>
/// Checks many random runs of steps, the same ones every time; a run that fails is made as short as it can be while it
/// still fails. JIKO_PROPERTY_SEED runs other ones; the failure's message names the seed.
/// </summary>
internal static class Property
{
    private const int LongestRun = 25;

    private static readonly ulong Seed =
        ulong.Parse(Environment.GetEnvironmentVariable("JIKO_PROPERTY_SEED") ?? "20260312");

    /// <param name="simpler">Steps that are simpler than one, to try instead of it.</param>
    public static void Holds<TStep>(
        int runs, Gen<TStep> step, Func<TStep, IEnumerable<TStep>> simpler, Action<Sequence<TStep>> check)
    {
        var length = Gen.Choose(1, LongestRun);
        var run = length.SelectMany(count => step.ArrayOf(count)).Select(steps => steps.ToSequence());
        var shrinking = Arb.From(run, steps => Shorter(steps).Concat(Simpler(steps, simpler)));
        var config = Config.QuickThrowOnFailure
            .WithMaxTest(runs)
            .WithName($"Seed {Seed}")
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed, 1), FSharpOption<int>.None)));
        Prop.ForAll(shrinking, check).Check(config);
    }

    private static IEnumerable<Sequence<TStep>> Shorter<TStep>(Sequence<TStep> steps)
    {
        for (var cut = steps.Count / 2; cut > 0; cut /= 2)
        {
            for (var from = 0; from + cut <= steps.Count; from += cut)
                yield return steps.Take(from).Concat(steps.Skip(from + cut)).ToSequence();
        }
    }

    private static IEnumerable<Sequence<TStep>> Simpler<TStep>(
        Sequence<TStep> steps, Func<TStep, IEnumerable<TStep>> simpler) =>
        from place in Enumerable.Range(0, steps.Count)
        from step in simpler(steps[place])
        select steps.Select((old, index) => index == place ? step : old).ToSequence();
}
