namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>Whether the store can be asked; its schema is up to date before a host takes its first request.</summary>
public interface IReadiness
{
    /// <summary>Asks the database for as little as possible.</summary>
    /// <exception cref="System.Data.Common.DbException">It does not answer.</exception>
    /// <exception cref="NotReadyException">Something else that it takes is not there.</exception>
    Task Probe(CancellationToken cancellation);
}

public sealed class NotReadyException(string message, Exception? inner = null) : Exception(message, inner);
