using System.Net;
using System.Web;
using JikoXpress.Simulation.Faults;
using JikoXpress.Simulation.World;
using JikoXpress.Simulator.Vendors;

namespace JikoXpress.Simulation.Phones;

/// <summary>
/// A host's connection to an aggregator, in memory and in virtual time. A request takes time, is lost, or its answer
/// is; the host may die before and after it. Tokens and keys are answered at once, or not given.
/// </summary>
internal sealed class VendorWire(Host host, Universe world, Vendor vendor) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage message, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return Task.FromCanceled<HttpResponseMessage>(cancellation);
        var request = Read(message);
        if (ActOf(request) is not { } act) return AtOnce(request);
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        // HttpClient goes on wherever it is woken: without a place it goes on here, on this thread.
        cancellation.Register(() => Outside(() => answer.TrySetCanceled(cancellation)));
        world.Do(host.Place, () => Travel(act, request, $"{message.RequestUri}", answer));
        return answer.Task;
    }

    private async Task Travel(
        Act act, VendorRequest request, string address, TaskCompletionSource<HttpResponseMessage> answer)
    {
        await Latency();
        await host.Survive(new CrashPoint(act, Side.Before));
        if (!(act is Act.AskAggregator && world.IsLastToBeAsked(address)) && world.Weather.Strikes(LostOf(act)))
        {
            Lose(answer, wasTaken: false);
            return;
        }

        var reply = vendor.Answer(request);
        host.Say($"{act} {request.Method} {string.Join('/', request.Path)} -> {reply.Status?.ToString() ?? "silence"}");
        if (reply.TellsFirst)
        {
            await vendor.Books.CatchUp();
            await host.Place.Delay(TimeSpan.FromSeconds(2));
        }

        if (reply.Status is not { } status) return;
        if (UnheardOf(act) is { } unheard && world.Weather.Strikes(unheard))
        {
            Lose(answer, wasTaken: true);
            return;
        }

        await Latency();
        await host.Survive(new CrashPoint(act, Side.After));
        Outside(() => answer.TrySetResult(Response(status, reply.Body)));
    }

    /// <summary>Nobody knows what became of it, save where no connection was made.</summary>
    private void Lose(TaskCompletionSource<HttpResponseMessage> answer, bool wasTaken)
    {
        switch (world.Dice.Below(4))
        {
            case 0:
                Outside(() => answer.TrySetResult(Response(503, "try later"u8.ToArray())));
                break;
            case 1:
                Outside(() => answer.TrySetException(new HttpRequestException(
                    wasTaken ? HttpRequestError.ResponseEnded : HttpRequestError.ConnectionError)));
                break;
            default:
                // Until the product's own patience is over.
                break;
        }
    }

    private Task<HttpResponseMessage> AtOnce(VendorRequest request)
    {
        if (world.Weather.Strikes(Fault.PushLost))
            return Task.FromException<HttpResponseMessage>(new HttpRequestException(HttpRequestError.ConnectionError));
        var reply = vendor.Answer(request);
        return Task.FromResult(Response(reply.Status ?? 503, reply.Body));
    }

    private Task Latency() => host.Place.Delay(TimeSpan.FromMilliseconds(world.Dice.Below(800)));

    private static VendorRequest Read(HttpRequestMessage message)
    {
        var address = message.RequestUri ?? throw new InvalidOperationException("A request has an address.");
        using var body = new MemoryStream();
        message.Content?.ReadAsStream().CopyTo(body);
        var query = HttpUtility.ParseQueryString(address.Query);
        return new VendorRequest(
            message.Method.Method, address.AbsolutePath.Trim('/').Split('/')[1..], name => query[name],
            name => message.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null,
            body.ToArray());
    }

    /// <summary>Null for what is needed to speak at all.</summary>
    private static Act? ActOf(VendorRequest request) => (request.Method, request.Path) switch
    {
        (_, [.., "generate-token" or "GenerateToken" or "public-key"] or ["v2", "public-key", ..]) => null,
        (_, [_, "payouts" or "refunds", ..]) => Act.PayBack,
        ("POST", _) => Act.PushPhone,
        _ => Act.AskAggregator,
    };

    private static Fault LostOf(Act act) => act switch
    {
        Act.PayBack => Fault.RefundRefused,
        Act.PushPhone => Fault.PushLost,
        _ => Fault.AskTimesOut,
    };

    private static Fault? UnheardOf(Act act) => act switch
    {
        Act.PayBack => Fault.RefundAnswerLost,
        Act.PushPhone => Fault.PushAnswerLost,
        _ => null,
    };

    private static HttpResponseMessage Response(int status, byte[] body) =>
        new((HttpStatusCode)status) { Content = new ByteArrayContent(body) };

    private static void Outside(Action act)
    {
        var place = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            act();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(place);
        }
    }
}
