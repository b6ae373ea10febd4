using System.Data.Common;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Binding;
using Microsoft.AspNetCore.Connections;

namespace JikoXpress.WebApi.Problems;

/// <summary>
/// The outermost middleware. It turns exceptions, and error statuses without a body, into problem details. Exceptions
/// are bugs or database failures; refusals never come this way.
/// </summary>
internal sealed class Faults(RequestDelegate next, ILogger<Faults> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        // Browsers must use the Content-Type and not guess the type from the body.
        http.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await next(http);
            if (IsBare(http.Response)) await Problem.OfStatus(http.Response.StatusCode).ExecuteAsync(http);
        }
        catch (Exception fault) when (HasGone(http, fault))
        {
            // The client has disconnected.
            http.Abort();
        }
        catch (BadHttpRequestException fault) when (!http.Response.HasStarted)
        {
            // After bytes that are not valid HTTP, nothing more can be read from the connection; with this header the
            // server closes it.
            http.Response.Headers.Connection = "close";
            await Problem.OfStatus(fault.StatusCode).ExecuteAsync(http);
        }
        catch (Exception fault) when (!http.Response.HasStarted)
        {
            http.Response.Clear();
            http.Response.Headers.XContentTypeOptions = "nosniff";
            await Answer(fault, http).ExecuteAsync(http);
        }
    }

    private static bool HasGone(HttpContext http, Exception fault) => fault is ConnectionResetException
        || (fault is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested);

    private static bool IsBare(HttpResponse response) => response is
    {
        HasStarted: false, StatusCode: >= StatusCodes.Status400BadRequest, ContentType: null, ContentLength: null,
    };

    private Problem Answer(Exception fault, HttpContext http)
    {
        switch (fault)
        {
            case OperationCanceledException when http.HasLostPatience:
                return http.Request.Headers.ContainsKey(IdempotencyKey.Header)
                    ? Problem.Of(SessionRefusals.RequestInProgress)
                    : FrameworkProblems.Overloaded;
            // If the answer of a grain call is lost, the call may have been carried out, as with a lost commit. A call
            // that expires in Orleans' own queues ends as cancelled, while the caller has cancelled nothing.
            case CommitUnknownException:
            case OrleansException or TimeoutException or OperationCanceledException
                when !HttpMethods.IsGet(http.Request.Method):
                log.CommitUnknown(fault);
                return FrameworkProblems.Unknown;
            case StoreUnavailableException:
                http.RequestServices.GetService<StoreCondition>()?.Heard("a grain could not write");
                return FrameworkProblems.StoreUnavailable;
            case DbException refused when StoreFaults.RefusesWrites(refused):
                http.RequestServices.GetService<StoreCondition>()?.Refused(StoreFaults.ReasonOf(refused));
                return FrameworkProblems.StoreUnavailable;
            case DbException { IsTransient: true }:
                log.StoreUnreachable(fault);
                return FrameworkProblems.StoreUnreachable;
            case StoreBusyException or OrleansException or TimeoutException or OperationCanceledException:
                log.Overloaded(fault);
                return FrameworkProblems.Overloaded;
            default:
                log.Fault(fault);
                return FrameworkProblems.Internal;
        }
    }
}
