namespace JikoXpress.Scenarios.Vocabulary;

/// <summary>One server-sent event; an event without data only moves the screen's place on.</summary>
public sealed record ServerEvent(string Id, string Type, string Data);

/// <summary>Reads server-sent events one by one (WHATWG HTML, section 9.2), as a kitchen screen does.</summary>
public sealed class EventStream(HttpResponseMessage response, Stream stream) : IDisposable
{
    private readonly StreamReader reader = new(stream);

    /// <summary>The next event that has data. Comments, retry times and bare ids are passed over.</summary>
    public async Task<ServerEvent> Next()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var (id, type, data) = ("", "", "");
        while (await reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Length == 0 && data.Length > 0) return new ServerEvent(id, type, data);
            if (Field(line, "id") is { } givenId) id = givenId;
            if (Field(line, "event") is { } givenType) type = givenType;
            if (Field(line, "data") is { } givenData) data += givenData;
        }

        throw new EndOfStreamException("The stream ended before its next event.");
    }

    /// <summary>The next event that tells of an order. Of those before it something may only be told now.</summary>
    public async Task<ServerEvent> NextOf(Guid order)
    {
        while (true)
        {
            var seen = await Next();
            if (seen.Data.Contains($"{order}", StringComparison.Ordinal)) return seen;
        }
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }

    private static string? Field(string line, string name) =>
        line.StartsWith($"{name}: ", StringComparison.Ordinal) ? line[(name.Length + 2)..] : null;
}
