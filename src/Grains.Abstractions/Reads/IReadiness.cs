namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>Checks that the store answers. Its schema is up to date before a process takes its first request.</summary>
public interface IReadiness
{
    /// <summary>Runs the cheapest query that shows that the database answers.</summary>
    /// <exception cref="System.Data.Common.DbException">The database does not answer.</exception>
    /// <exception cref="NotReadyException">Something else that the process needs is missing.</exception>
    Task Probe(CancellationToken cancellation);
}

public sealed class NotReadyException(string message, Exception? inner = null) : Exception(message, inner);
