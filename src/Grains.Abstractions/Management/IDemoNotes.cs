namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>
/// What the demo has to remember to show it again: ready tokens and PINs. Nothing else may keep such a thing, and in
/// Production nobody does.
/// </summary>
public interface IDemoNotes
{
    /// <summary>As it was last kept; null where the demo never began here.</summary>
    Task<string?> Read();

    Task Keep(string notes);
}
