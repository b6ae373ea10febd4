using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace JikoXpress.Chaos.Clients;

/// <summary>
/// Asks any of the hosts, and with the same key again and again until it is known what became of it: as a till does.
/// </summary>
internal sealed class Api : IDisposable
{
    private const int MostTries = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly IReadOnlyList<Uri> hosts;
    private readonly Journal journal;

    public Api(IReadOnlyList<Uri> hosts, Journal journal) => (this.hosts, this.journal) = (hosts, journal);

    /// <exception cref="UnknownOutcomeException">Nobody answered for so long that something is broken.</exception>
    public async Task<Answer> Post(Request request, Dice dice)
    {
        var clock = Stopwatch.StartNew();
        journal.Unknown[request.Key] = request;
        while (clock.Elapsed < Patience)
        {
            if (await Ask(request, dice.Of(hosts)) is { } answer)
            {
                if (answer.IsAcknowledged) Keep(request, answer);
                journal.Unknown.TryRemove(request.Key, out _);
                journal.Waited(clock.Elapsed);
                return answer;
            }

            journal.Retried();
            await Task.Delay(dice.Between(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(400)));
        }

        throw new UnknownOutcomeException(request);
    }

    /// <summary>Asks once more what was acknowledged: the same status and the same bytes, or a complaint.</summary>
    public async Task AskAgain(Acknowledged known, Dice dice)
    {
        var (again, replayed) = (await Post(known.Request, dice), known.Answer);
        journal.Replayed();
        if (again.Status != replayed.Status || again.Body != replayed.Body || !again.IsReplay)
            journal.Complain(
                $"same-key-same-bytes: {known.Request.Path} with key {known.Request.Key} first answered "
                + $"{replayed.Status} {replayed.Body}, then {again.Status} {again.Body} (replayed: {again.IsReplay})");
    }

    /// <summary>What one host says; where it has no answer it is asked a few times more.</summary>
    public async Task<string> Get(Uri host, string token, string path)
    {
        for (var tries = 1; ; tries++)
        {
            if (await TryGet(host, token, path) is { } said) return said;
            if (tries == MostTries) throw new HttpRequestException($"{host} has no answer to {path}.");
            await Task.Delay(TimeSpan.FromMilliseconds(300));
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<string?> TryGet(Uri host, string token, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await http.SendAsync(request);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : null;
        }
        catch (Exception silence) when (silence
            is HttpRequestException or SocketException or OperationCanceledException)
        {
            return null;
        }
    }

    private void Keep(Request request, Answer answer)
    {
        var first = journal.Answers.GetOrAdd(request.Key, new Acknowledged(request, answer));
        if (first.Answer.Body != answer.Body)
            journal.Complain($"same-key-same-bytes: two different answers to key {request.Key} of {request.Path}");
    }

    /// <summary>The answer; null where there was none, or one that asks to come again.</summary>
    private async Task<Answer?> Ask(Request asked, Uri host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host, $"/api/v1{asked.Path}"));
        request.Content = new StringContent(asked.Body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", asked.Token);
        request.Headers.Add("Idempotency-Key", asked.Key);
        try
        {
            using var response = await http.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            var status = (int)response.StatusCode;
            if (status is 503 or 429 || (status is 409 && body.Contains("request-in-progress"))) return null;
            if (status >= 500)
            {
                journal.Complain($"no-answer-blames-the-server: {asked.Path} answered {status}: {body}");
                return null;
            }

            return new Answer(status, body, response.Headers.Contains("Idempotency-Replayed"));
        }
        catch (Exception silence) when (silence
            is HttpRequestException or SocketException or OperationCanceledException)
        {
            return null;
        }
    }
}

internal sealed class UnknownOutcomeException(Request request)
    : Exception($"Nobody says what became of {request.Path} with key {request.Key}.");
