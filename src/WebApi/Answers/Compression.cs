using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace JikoXpress.WebApi.Answers;

/// <summary>
/// Compresses text answers for callers that accept it: a list of ten sessions shrinks to a fifth, which counts on the
/// mobile networks of tills. Event streams are not compressed, since each event has to leave at once.
/// </summary>
/// <remarks>
/// BREACH guesses a secret from the sizes of answers that also repeat what the attacker sent, and needs a browser that
/// adds credentials to an attacker's requests. Tokens travel in a header that no browser adds by itself, and answers
/// that hold a secret are sent as they are.
/// </remarks>
internal sealed class Compression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    private static readonly object Omitted = new();

    /// <summary>Sends this answer as it is: it holds a secret, or has a tag that names only one form.</summary>
    public static void Omit(HttpContext http) => http.Items[Omitted] = true;

    public override bool ShouldCompressResponse(HttpContext context) =>
        !context.Items.ContainsKey(Omitted) && base.ShouldCompressResponse(context);

    public static void Register(IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes =
            [
                "application/json", "application/problem+json", "text/html", "text/plain", "text/css",
                "text/javascript",
            ];
        });
        // The faster levels find almost as much in JSON, for a fraction of the time.
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        services.AddSingleton<IResponseCompressionProvider, Compression>();
    }
}
