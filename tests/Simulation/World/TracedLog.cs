using Microsoft.Extensions.Logging;

namespace JikoXpress.Simulation.World;

/// <summary>What a host writes down becomes a line of the trace; a failure that nobody foresaw is a finding.</summary>
internal sealed class TracedLog<T>(Host host, Universe world) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        host.Say($"log: {formatter(state, exception)} {exception?.GetType().Name}");
        if (exception is not null && !Host.IsForeseen(exception)) world.Unforeseen(host.Place, exception);
    }
}
