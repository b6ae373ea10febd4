using System.Text;
using JikoXpress.Domain;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Problems;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace JikoXpress.WebApi.Pages;

/// <summary>A form that a page has sent, as application/x-www-form-urlencoded, as short as any body.</summary>
internal sealed class Form(Dictionary<string, StringValues> fields)
{
    private const int MostFields = 32, LongestName = 64, LongestValue = 4096;

    /// <summary>The first value of a field, cleaned as all text is; empty for none.</summary>
    public string this[string name] => fields.GetValueOrDefault(name) is [{ } value, ..]
        ? TextRules.Clean(value, lineBreaks: false).Trim()
        : "";

    /// <summary>The form; or why there is none.</summary>
    public static async Task<(Form Form, Problem? Refusal)> Read(HttpContext http)
    {
        var empty = new Form([]);
        if (Refusal(http.Request) is { } refused) return (empty, refused);
        var (bytes, refusal) = await JsonBody.Bytes(http);
        if (refusal is not null) return (empty, refusal);
        try
        {
            using var reader = new FormReader(Encoding.UTF8.GetString(bytes))
            {
                ValueCountLimit = MostFields,
                KeyLengthLimit = LongestName,
                ValueLengthLimit = LongestValue,
            };
            return (new Form(await reader.ReadFormAsync(http.RequestAborted)), null);
        }
        catch (InvalidDataException)
        {
            return (empty, Problem.OfStatus(StatusCodes.Status400BadRequest));
        }
    }

    private static Problem? Refusal(HttpRequest request)
    {
        if (IsFromAnotherSite(request))
        {
            return new Problem(
                StatusCodes.Status403Forbidden, "role-not-allowed", "A page's form is sent from that page only.");
        }

        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
                ? null
                : Problem.OfStatus(StatusCodes.Status415UnsupportedMediaType);
    }

    /// <summary>
    /// As the browser says (Fetch Metadata, section 2.3). Pages have no cookie, so another site cannot do anything in
    /// the customer's name; but it could have others' browsers ring phones.
    /// </summary>
    private static bool IsFromAnotherSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none");
}
