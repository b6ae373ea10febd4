using System.Runtime.InteropServices;

namespace JikoXpress.Jiko;

/// <summary>
/// Ctrl-C, or another wish of the system that the command ends: instead of ending at once it stops what it has started.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly IReadOnlyList<PosixSignalRegistration> registrations;

    public Interruption() => registrations =
    [
        .. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
            .Select(signal => PosixSignalRegistration.Create(signal, Heed)),
    ];

    public CancellationToken Token => source.Token;

    /// <summary>The exit code of an interrupted command, as shells have it: 128 and the number of the signal.</summary>
    public int Code { get; private set; } = 143;

    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }

    private void Heed(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (source.IsCancellationRequested) return;
        if (signal.Signal == PosixSignal.SIGINT) Code = 130;
        source.Cancel();
    }
}
