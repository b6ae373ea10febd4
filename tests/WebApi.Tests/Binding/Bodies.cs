using System.Text;
using JikoXpress.Domain;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Tests.Hosting;
using Microsoft.AspNetCore.Http;

namespace JikoXpress.WebApi.Tests.Binding;

/// <summary>Requests with a body, without a server.</summary>
internal static class Bodies
{
    public static Principal Cashier { get; } = new(
        CallerKind.Staff, new Guid("018f0000-0000-7000-8000-000000000001"), "Asha",
        new Guid("018f0000-0000-7000-8000-00000000000a"), null, StaffRole.Cashier, LiveMode: false, KeyRequired: false);

    public static JsonBody Body(string json) => Body(Encoding.UTF8.GetBytes(json));

    public static JsonBody Body(byte[] bytes, string contentType = "application/json") =>
        Read(Request(bytes, contentType));

    public static JsonBody Read(HttpContext http)
    {
        var reading = JsonBody.Read(http);
        Assert.True(reading.IsCompleted);
        return reading.Result;
    }

    public static HttpContext Request(
        byte[] bytes, string? contentType = "application/json", TimeProvider? clock = null)
    {
        var http = new DefaultHttpContext
        {
            RequestServices = EdgeServices.At(clock ?? TimeProvider.System),
        };
        http.Request.Method = "POST";
        http.Request.Path = "/api/v1/checkout-sessions";
        http.Request.ContentType = contentType;
        http.Request.ContentLength = bytes.Length;
        http.Request.Body = new MemoryStream(bytes);
        http.Features.Set(Cashier);
        return http;
    }

    /// <summary>The violations as "pointer code", one after another.</summary>
    public static string[] Listed(WebApi.Problems.Problem? problem) =>
        [.. problem?.Errors.Select(error => $"{error.Pointer} {error.Code}") ?? []];
}
