using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;

namespace JikoXpress.Bench.Servers;

/// <summary>What a program holds, after it has thrown away what it can.</summary>
internal static class Memory
{
    private const long CollectKeyword = 0x800000;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    /// <summary>Resident bytes after two full collections.</summary>
    public static async Task<double> Resident(Server server)
    {
        for (var round = 0; round < 2; round++) await Collect(server.ProcessId);
        var line = (await File.ReadAllLinesAsync($"/proc/{server.ProcessId}/status"))
            .First(each => each.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1024 * double.Parse(
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>A tracing session that asks for the heap makes the runtime collect all of it first.</summary>
    private static async Task Collect(int process)
    {
        var heap = new EventPipeProvider(
            "Microsoft-Windows-DotNETRuntime", EventLevel.Informational, CollectKeyword);
        using var session = new DiagnosticsClient(process).StartEventPipeSession([heap], requestRundown: false);
        var reading = session.EventStream.CopyToAsync(Stream.Null);
        await Task.Delay(Settling);
        await session.StopAsync(CancellationToken.None);
        await reading;
    }
}
