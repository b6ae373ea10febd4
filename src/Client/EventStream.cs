using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace JikoXpress.Client;

/// <summary>One event of a stream.</summary>
/// <param name="Id">Where the stream goes on after it.</param>
/// <param name="Name">What has happened, such as <c>ticket.created</c>.</param>
/// <param name="Data">JSON: the ticket or order that it happened to.</param>
public sealed record StreamedEvent(string? Id, string Name, string Data)
{
    /// <summary>The data as one of the generated models.</summary>
    /// <exception cref="JsonException">The data is of another kind.</exception>
    public T As<T>() => JsonSerializer.Deserialize<T>(Data, JikoXpressClient.Json)
        ?? throw new JsonException($"The event {Name} has no data.");
}

/// <summary>Server-sent events that go on where they broke.</summary>
internal sealed class EventStream(HttpClient http, string path, string? lastEventId)
{
    /// <summary>The server sends something every 15 s, if only a comment; longer silence is a break.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(40);

    /// <summary>Before a broken stream is asked for again; the server may say another time.</summary>
    private TimeSpan pause = TimeSpan.FromSeconds(2);

    private string? last = lastEventId;

    public async IAsyncEnumerable<StreamedEvent> Read([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Accept.ParseAdd("text/event-stream");
            if (last is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", last);
            using var response = await http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            // There is nothing more to come.
            if (response.StatusCode is HttpStatusCode.NoContent) yield break;
            if (!response.IsSuccessStatusCode) await JikoXpressClient.Read<Problem>(response, cancellation);

            await using var bytes = new Watched(await response.Content.ReadAsStreamAsync(cancellation), Silence);
            var parser = SseParser.Create(bytes);
            await using var events = parser.EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
            while (await Next(events, cancellation))
            {
                last = events.Current.EventId ?? last;
                // An id without data only moves the place where the stream goes on.
                if (events.Current.Data.Length > 0)
                    yield return new StreamedEvent(last, events.Current.EventType, events.Current.Data);
            }

            if (parser.LastEventId is { Length: > 0 } reached) last = reached;
            if (parser.ReconnectionInterval is var told && told > TimeSpan.Zero) pause = told;
            await Task.Delay(pause, cancellation);
        }
    }

    /// <summary>False where the stream is at its end or broken.</summary>
    private static async Task<bool> Next(
        IAsyncEnumerator<SseItem<string>> events, CancellationToken cancellation)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception broken) when (
            broken is IOException or HttpRequestException
            || (broken is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <summary>A stream that ends with an exception when nothing arrives for too long.</summary>
    private sealed class Watched(Stream inner, TimeSpan patience) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            either.CancelAfter(patience);
            return await inner.ReadAsync(buffer, either.Token);
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
