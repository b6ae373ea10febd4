namespace JikoXpress.Chaos.Checker;

/// <summary>Something that a promise of the product excludes.</summary>
/// <param name="Check">Which check found it.</param>
internal sealed record Violation(string Check, string Evidence);

/// <summary>What is said of a campaign. Only one of the four is good.</summary>
internal enum Verdict
{
    Ok,

    /// <summary>A promise was broken; there is evidence.</summary>
    Violation,

    /// <summary>Something could not be read, or nobody knows what became of a request: that is never ok.</summary>
    Unknown,

    /// <summary>Too little happened for the rest to mean anything.</summary>
    ProvedNothing,
}

/// <summary>All that the checks look at: what clients were told, what the phones know, and the rows.</summary>
/// <param name="Webhooks">The events that the product has answered with 2xx.</param>
internal sealed record Evidence(
    Clients.Journal Journal, Books Books, IReadOnlyList<Processes.PhoneMovement> Phones, IReadOnlySet<string> Webhooks);
