namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>Whether the store can be asked; its schema is up to date before a host takes its first request.</summary>
public interface IReadiness
{
    /// <summary>Asks the database for as little as possible.</summary>
    /// <exception cref="System.Data.Common.DbException">It does not answer.</exception>
    Task Probe(CancellationToken cancellation);
}
