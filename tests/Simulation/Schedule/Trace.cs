namespace JikoXpress.Simulation.Schedule;

/// <summary>What happened, in order. Its fingerprint says whether two runs were the same.</summary>
internal sealed class Trace(DateTimeOffset start, Action<string>? print)
{
    private const int MostKept = 60;

    private readonly Queue<string> last = [];
    private ulong fingerprint = 0xCBF29CE484222325UL;

    /// <summary>FNV-1a over every line and every choice of the schedule.</summary>
    public ulong Fingerprint => fingerprint;

    public IReadOnlyCollection<string> Last => last;

    public void Write(DateTimeOffset now, string place, string what)
    {
        var line = $"{now - start:hh\\:mm\\:ss\\.fff} {place,-10} {what}";
        foreach (var letter in line) Mix(letter);
        last.Enqueue(line);
        if (last.Count > MostKept) last.Dequeue();
        print?.Invoke(line);
    }

    public void Mix(ulong choice) => fingerprint = unchecked((fingerprint ^ choice) * 0x100000001B3UL);
}
