using System.Text.Json;
using System.Text.Json.Serialization;
using JikoXpress.Domain;
using JikoXpress.WebApi.Binding;

namespace JikoXpress.WebApi.Problems;

/// <summary>Problem details (RFC 9457).</summary>
/// <param name="Type">Link to the explanation of the code; the same for every problem with this code.</param>
/// <param name="Title">The code in words.</param>
/// <param name="Detail">What is wrong with this request.</param>
/// <param name="Errors">All errors that were found; code and detail are those of the first.</param>
/// <param name="TraceId">Identifies the request when you ask for support.</param>
/// <param name="Shortages">For too little stock: the items, the requested and the available quantities.</param>
/// <param name="ErrorsOmitted">How many errors were found beyond the 50 that are listed; left out if none.</param>
internal sealed record ProblemView(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    IReadOnlyList<Violation> Errors,
    string TraceId,
    IReadOnlyList<StockShortage>? Shortages,
    int? ErrorsOmitted)
{
    /// <summary>Additional members. The JSON source generator needs a setter.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Details { get; set; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemView))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(string))]
internal sealed partial class ProblemJson : JsonSerializerContext;
