using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Invariants;

/// <summary>A sentence that always holds, and what it finds where it does not.</summary>
internal sealed record Law(string Name, Func<Universe, IEnumerable<string>> Broken);
