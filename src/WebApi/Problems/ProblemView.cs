using System.Text.Json;
using System.Text.Json.Serialization;
using JikoXpress.Domain;
using JikoXpress.WebApi.Binding;

namespace JikoXpress.WebApi.Problems;

/// <summary>A problem as callers read it.</summary>
/// <param name="Type">Where the code is explained; the same for every problem of the code.</param>
/// <param name="Title">The code in words.</param>
/// <param name="Detail">What is wrong with this request.</param>
/// <param name="Errors">All that was found wrong, the first of them giving code and detail.</param>
/// <param name="TraceId">Names the request when asking for help.</param>
/// <param name="Shortages">Where stock is short: the items, what was asked for, and what there is.</param>
internal sealed record ProblemView(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    IReadOnlyList<Violation> Errors,
    string TraceId,
    IReadOnlyList<StockShortage>? Shortages)
{
    /// <summary>Further members. The generator takes these through a setter only.</summary>
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
