namespace JikoXpress.Simulation.Clients;

/// <summary>What merchants and subscribers have asked for, whether or not anybody answered.</summary>
internal sealed class Wishes
{
    /// <summary>Subscriptions that a merchant wanted to cancel.</summary>
    public HashSet<Guid> Cancelled { get; } = [];

    /// <summary>Subscriptions that a merchant wanted to pause.</summary>
    public HashSet<Guid> Paused { get; } = [];

    /// <summary>The operations by which customers paid on a page themselves.</summary>
    public HashSet<Guid> PaidByHand { get; } = [];

    /// <summary>How often a phone was asked to pay a session on a page, and no customer wanted it.</summary>
    public Dictionary<Guid, int> Asks { get; } = [];
}
