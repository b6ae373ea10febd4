using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Webhooks;

/// <summary>
/// Sends one webhook, signed as Standard Webhooks says, and reads no more of the answer than is logged. It does not
/// throw for anything that a receiver, or the network on the way, can do.
/// </summary>
internal sealed class WebhookSender(INames names, WebhookSettings settings, TimeProvider clock) : IDisposable
{
    /// <summary>From the look at the name to the end of what is read.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>How much of an answer is logged, in bytes.</summary>
    private const int LongestAnswer = 1024;

    private readonly HttpClient everywhere = Client(new GuardedConnections(names, ownMachine: false));
    private readonly HttpClient alsoHere = Client(new GuardedConnections(names, ownMachine: true));

    public async Task<WebhookTry> Send(WebhookWork work)
    {
        var (at, began) = (clock.GetUtcNow(), clock.GetTimestamp());
        var (result, answer) = await Try(work, at);
        return new WebhookTry(result, at, clock.GetElapsedTime(began), answer);
    }

    public void Dispose()
    {
        everywhere.Dispose();
        alsoHere.Dispose();
    }

    private async Task<(DeliveryTry Result, string? Answer)> Try(WebhookWork work, DateTimeOffset at)
    {
        var here = settings.OwnMachine && !work.LiveMode;
        if (!Uri.TryCreate(work.Url, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttps && !(here && address.Scheme == Uri.UriSchemeHttp)))
            return (new DeliveryTry(null, DeliveryErrors.AddressRefused), null);
        if (work.Secrets.Count is 0) return (new DeliveryTry(null, DeliveryErrors.NoSecret), null);

        using var patience = new CancellationTokenSource(Timeout, clock);
        using var request = RequestOf(work, address, at);
        try
        {
            using var response = await (here ? alsoHere : everywhere).SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var status = (int)response.StatusCode;
            var error = status switch
            {
                >= 200 and < 300 => null,
                >= 300 and < 400 => DeliveryErrors.Redirect,
                _ => DeliveryErrors.Status,
            };
            // What was answered counts; that its body does not arrive does not change it.
            var outcome = new DeliveryTry(status, error, RetryAfter(response, at));
            return (outcome, await Beginning(response, patience.Token));
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return (new DeliveryTry(null, DeliveryErrors.Timeout), null);
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException)
        {
            return (new DeliveryTry(null, DeliveryErrors.Of(failure)), null);
        }
    }

    private static HttpRequestMessage RequestOf(WebhookWork work, Uri address, DateTimeOffset at)
    {
        var body = Encoding.UTF8.GetBytes(work.Body);
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("JikoXpress", "1"));
        request.Headers.Add(StandardWebhook.IdHeader, work.EventId);
        request.Headers.Add(StandardWebhook.TimestampHeader, timestamp);
        request.Headers.Add(
            StandardWebhook.SignatureHeader,
            string.Join(
                ' ',
                work.Secrets.Select(secret => StandardWebhook.Sign(secret, work.EventId, timestamp, body))));
        return request;
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now) =>
        response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when date > now => date - now,
            _ => null,
        };

    private static async Task<string?> Beginning(HttpResponseMessage response, CancellationToken patience)
    {
        var bytes = new byte[LongestAnswer];
        var length = 0;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(patience);
            length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, patience);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException or OperationCanceledException)
        {
            return null;
        }

        if (length is 0) return null;
        // PostgreSQL keeps no NUL in a text.
        return Encoding.UTF8.GetString(bytes, 0, length).Replace("\0", "", StringComparison.Ordinal);
    }

    private static HttpClient Client(GuardedConnections connections) =>
        new(connections.Handler()) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
}

/// <summary>What this installation allows.</summary>
/// <param name="OwnMachine">Events of test mode may go to this machine, and there without TLS.</param>
public sealed record WebhookSettings(bool OwnMachine = false);

/// <summary>Why a try was no success, in a word, as the log of deliveries shows it.</summary>
internal static class DeliveryErrors
{
    /// <summary>An answer with a status that is neither a success nor a redirect.</summary>
    public const string Status = "status";

    /// <summary>Redirects are not followed: the address is the one that was registered.</summary>
    public const string Redirect = "redirect";

    public const string Timeout = "timeout";
    public const string AddressRefused = "address-refused";
    public const string NoSecret = "no-secret";
    private const string Name = "name-unknown";
    private const string Tls = "tls";
    private const string Connection = "connection";

    public static string Of(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AddressRefusedException: return AddressRefused;
                case NameUnknownException: return Name;
                case SocketException
                {
                    SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain,
                }:
                    return Name;
                case AuthenticationException: return Tls;
            }
        }

        return Connection;
    }
}
