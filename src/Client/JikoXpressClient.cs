using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace JikoXpress.Client;

/// <summary>
/// The API for one caller: a till, a kiosk, a backend. Commands get an Idempotency-Key when none is given, and are sent
/// again with the same key when the answer is lost, so each takes effect once. A refusal is a
/// <see cref="JikoXpressException{TResult}"/> of <see cref="Problem"/>; its <c>Result.Code</c> is for programs.
/// </summary>
/// <remarks>Safe for concurrent use. Keep one for each token, as long as the process runs.</remarks>
public sealed class JikoXpressClient : IDisposable
{
    /// <summary>How long a request that waits is parked before it is asked again; the server's most is 30 s.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(25);

    private readonly HttpClient http;

    /// <param name="http">Its base address is the server, and it sends the token. Disposed with this client.</param>
    public JikoXpressClient(HttpClient http)
    {
        ArgumentNullException.ThrowIfNull(http);
        this.http = http;
        Api = new JikoXpressApi(http);
    }

    /// <summary>
    /// Every operation, as generated from the API's document. POSTs without a key are sent once and not repeated.
    /// </summary>
    public JikoXpressApi Api { get; }

    /// <summary>Names and words as the API writes them; what is null is left out.</summary>
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <param name="server">The server, without <c>/api/v1</c>.</param>
    /// <param name="token">The caller's token, for <c>Authorization: Bearer</c>.</param>
    /// <param name="transport">What sends the requests in the end; by default connections of its own.</param>
    public static JikoXpressClient Create(Uri server, string token, HttpMessageHandler? transport = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        // Each attempt has a time-out of its own, and a wait or a stream may last longer than any default.
        var http = new HttpClient(Retries.Before(transport ?? new SocketsHttpHandler()))
        {
            BaseAddress = server,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new JikoXpressClient(http);
    }

    /// <summary>Opens a session for the items in the body.</summary>
    /// <param name="key">The same key for the same sale, if the caller may repeat it after a restart.</param>
    public Task<Session> Open(OpenSessionBody body, string? key = null, CancellationToken cancellation = default) =>
        Post<Session>("api/v1/checkout-sessions", body, key, cancellation);

    /// <summary>Buys the app user's cart: a session for each of its kitchens, paid in one piece.</summary>
    /// <param name="body">With <see cref="OpenSessionBody.FromCart"/>; without it one session is opened.</param>
    /// <exception cref="ArgumentException">The body does not say fromCart.</exception>
    public Task<CheckoutGroup> CheckOut(
        OpenSessionBody body, string? key = null, CancellationToken cancellation = default) =>
        body is { FromCart: true }
            ? Post<CheckoutGroup>("api/v1/checkout-sessions", body, key, cancellation)
            : throw new ArgumentException("Only a body with fromCart buys the cart.", nameof(body));

    /// <summary>Takes the money for a slip.</summary>
    public Task<Session> ConfirmSlip(
        Guid sessionId, ConfirmSlipBody body, string? key = null, CancellationToken cancellation = default) =>
        Post<Session>($"api/v1/checkout-sessions/{sessionId}/confirm-slip", body, key, cancellation);

    /// <summary>Ends a session that waits for payment.</summary>
    public Task<Session> Cancel(Guid sessionId, string? key = null, CancellationToken cancellation = default) =>
        Post<Session>($"api/v1/checkout-sessions/{sessionId}/cancel", null, key, cancellation);

    /// <summary>Pays a bill, or a part of it where the kitchen allows that.</summary>
    public Task<Bill> PayBill(
        Guid billId, PayBillBody body, string? key = null, CancellationToken cancellation = default) =>
        Post<Bill>($"api/v1/bills/{billId}/pay", body, key, cancellation);

    /// <summary>Gives money back for an order, to the payments it came from. Managers only.</summary>
    public Task<Refund> Refund(
        Guid orderId, RefundBody body, string? key = null, CancellationToken cancellation = default) =>
        Post<Refund>($"api/v1/orders/{orderId}/refunds", body, key, cancellation);

    /// <summary>
    /// The session as soon as it waits for money no more: CONFIRMED, FAILED, EXPIRED or CANCELLED. Asks with
    /// <c>waitSeconds</c>, so it hears at once and sends about two requests a minute.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller has waited long enough.</exception>
    public async Task<Session> Final(Guid sessionId, CancellationToken cancellation = default)
    {
        string? known = null;
        while (true)
        {
            // The first answer is wanted at once.
            var wait = known is null ? "" : $"?waitSeconds={(int)Wait.TotalSeconds}";
            using var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/checkout-sessions/{sessionId}{wait}");
            if (known is not null) request.Headers.TryAddWithoutValidation("If-None-Match", known);
            using var response = await http.SendAsync(request, cancellation);
            if (response.StatusCode is HttpStatusCode.NotModified) continue;
            var session = await Read<Session>(response, cancellation);
            if (session.Status is not SessionStatus.PENDING_PAYMENT) return session;
            known = response.Headers.ETag?.ToString();
        }
    }

    /// <summary>
    /// The session as it stands, and again whenever it changes, until it is paid or has ended. A stream that breaks is
    /// continued where it broke.
    /// </summary>
    public async IAsyncEnumerable<Session> Follow(
        Guid sessionId,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var events = new EventStream(http, $"api/v1/checkout-sessions/{sessionId}/events", lastEventId: null);
        await foreach (var change in events.Read(cancellation))
        {
            var session = change.As<Session>();
            yield return session;
            if (session.Status is not SessionStatus.PENDING_PAYMENT) yield break;
        }
    }

    /// <summary>
    /// What happens to a kitchen's tickets, from now on or from a known place. It ends only by cancellation: a stream
    /// that breaks is continued where it broke.
    /// </summary>
    /// <param name="lastEventId">The <see cref="StreamedEvent.Id"/> of the last event that was handled.</param>
    public IAsyncEnumerable<StreamedEvent> FollowTickets(
        Guid kitchenId, string? lastEventId = null, CancellationToken cancellation = default) =>
        new EventStream(http, $"api/v1/kitchens/{kitchenId}/tickets/stream", lastEventId).Read(cancellation);

    public void Dispose() => http.Dispose();

    private async Task<T> Post<T>(string path, object? body, string? key, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key ?? Guid.CreateVersion7().ToString());
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: Json);
        using var response = await http.SendAsync(request, cancellation);
        return await Read<T>(response, cancellation);
    }

    /// <summary>The answer, or the refusal as an exception.</summary>
    internal static async Task<T> Read<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = await response.Content.ReadAsStringAsync(cancellation);
        var status = (int)response.StatusCode;
        var headers = response.Headers.ToDictionary(header => header.Key, header => header.Value);
        try
        {
            if (response.IsSuccessStatusCode && JsonSerializer.Deserialize<T>(text, Json) is { } answer) return answer;
            if (!response.IsSuccessStatusCode && JsonSerializer.Deserialize<Problem>(text, Json) is { } problem)
                throw new JikoXpressException<Problem>(problem.Detail, status, text, headers, problem, null);
        }
        catch (JsonException unreadable)
        {
            throw new JikoXpressException("The answer is not of this API.", status, text, headers, unreadable);
        }

        throw new JikoXpressException("The answer is empty.", status, text, headers, null);
    }
}
