namespace JikoXpress.Simulation.Schedule;

/// <summary>
/// All chance of a run, from its seed alone: SplitMix64 (Steele, Lea, Flood 2014), the same on every machine and in
/// every version of .NET.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>Dice of their own for one part of the world, so that parts do not disturb each other.</summary>
    public Dice For(string part)
    {
        var mixed = state;
        foreach (var letter in part) mixed = unchecked((mixed ^ letter) * 0x100000001B3UL);
        return new Dice(mixed);
    }

    public ulong Bits()
    {
        unchecked
        {
            var mixed = state += 0x9E3779B97F4A7C15UL;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>0 or more, below the limit.</summary>
    public int Below(int limit) => (int)(Bits() % (ulong)limit);

    public int Between(int least, int most) => least + Below(most - least + 1);

    public bool Chance(double probability) => (Bits() >> 11) * (1.0 / (1UL << 53)) < probability;

    public TimeSpan Between(TimeSpan least, TimeSpan most) =>
        least + TimeSpan.FromMilliseconds(Below((int)(most - least).TotalMilliseconds + 1));

    public T Pick<T>(params IReadOnlyList<T> choices) => choices[Below(choices.Count)];
}
