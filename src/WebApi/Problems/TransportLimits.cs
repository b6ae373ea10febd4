namespace JikoXpress.WebApi.Problems;

/// <summary>
/// Limits that are half of Kestrel's. Below Kestrel's limits the request gets here, and can be refused with problem
/// details; above them Kestrel closes the connection with a bare status.
/// </summary>
internal sealed class TransportLimits(RequestDelegate next)
{
    /// <summary>Longest request target, in characters.</summary>
    public const int LongestTarget = 8 * 1024;

    /// <summary>Largest size of all headers, in characters, names and values together.</summary>
    public const int LargestHeaders = 32 * 1024;

    public const int MostHeaders = 100;

    public Task InvokeAsync(HttpContext http) => Refusal(http.Request) is { } status
        ? Problem.OfStatus(status).ExecuteAsync(http)
        : next(http);

    private static int? Refusal(HttpRequest request)
    {
        if ((request.Path.Value?.Length ?? 0) + (request.QueryString.Value?.Length ?? 0) > LongestTarget)
        {
            return StatusCodes.Status414UriTooLong;
        }

        var (count, size) = (0, 0);
        foreach (var (name, values) in request.Headers)
        {
            foreach (var value in values)
            {
                count++;
                size += name.Length + (value?.Length ?? 0);
            }
        }

        return count > MostHeaders || size > LargestHeaders ? StatusCodes.Status431RequestHeaderFieldsTooLarge : null;
    }
}
