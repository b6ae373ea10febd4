namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>
/// What the demo stores to show it again: ready tokens and PINs in plain text. Nothing else may store these, and
/// nothing is stored in Production.
/// </summary>
public interface IDemoNotes
{
    /// <summary>The notes as last stored; null when the demo never began on this database.</summary>
    Task<string?> Read();

    Task Keep(string notes);
}
