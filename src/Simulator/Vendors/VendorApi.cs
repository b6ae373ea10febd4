using System.Text.Json;

namespace JikoXpress.Simulator.Vendors;

/// <summary>
/// What an aggregator answers to the requests of its customers, without how these travel: over HTTP here, and over a
/// wire in memory in the simulation of tests/Simulation.
/// </summary>
public abstract class VendorApi
{
    /// <summary>The form in which answers are written: a member without a value is null.</summary>
    internal static JsonSerializerOptions Form { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>The first part of its paths, and the name of its webhooks.</summary>
    public abstract string Name { get; }

    public static IReadOnlyList<VendorApi> All(
        Aggregator aggregator, VendorKeys keys, Tokens tokens, SimulatorClock clock) =>
    [
        new ClickPesaApi(aggregator, keys, tokens), new AzamPayApi(aggregator, keys, tokens, clock),
        new SnippeApi(aggregator, keys), new PawaPayApi(aggregator, keys),
    ];

    /// <summary>What is not as the aggregator wants it is answered with 400.</summary>
    public VendorReply Answer(VendorRequest request)
    {
        try
        {
            return Handle(request);
        }
        catch (Exception unreadable) when (unreadable
            is JsonException or FormatException or OverflowException or InvalidOperationException)
        {
            return VendorReply.Json(new { message = "Bad request" }, 400);
        }
    }

    protected abstract VendorReply Handle(VendorRequest request);

    protected static VendorReply NotFound { get; } = VendorReply.Json(new { message = "Not found" }, 404);

    protected static VendorReply Unauthorized { get; } = VendorReply.Json(new { message = "Unauthorized" }, 401);

    /// <summary>Answers a push as the phone's script says.</summary>
    protected static VendorReply Pushed(Collection collection, VendorReply accepted, VendorReply refused)
    {
        var reply = collection.Script.Answer switch
        {
            PushAnswer.ServerError => VendorReply.Json(new { message = "Try later" }, 503),
            PushAnswer.Refusal => refused,
            PushAnswer.Silence => VendorReply.Silence,
            _ => accepted,
        };
        return reply with { TellsFirst = collection.Script.IsTooFast };
    }
}

/// <param name="Path">Its parts after the aggregator's name.</param>
/// <param name="Query">A value of the query; null when it is missing.</param>
/// <param name="Header">A header by its name; null when it is missing.</param>
public sealed record VendorRequest(
    string Method, string[] Path, Func<string, string?> Query, Func<string, string?> Header, byte[] Body)
{
    internal bool HasToken(string token) => Header("Authorization") == $"Bearer {token}";

    /// <exception cref="JsonException">The body is no such thing.</exception>
    internal T Read<T>() =>
        JsonSerializer.Deserialize<T>(Body, VendorApi.Form) ?? throw new JsonException("The body is null.");
}

/// <param name="Status">Null when the connection ends without an answer.</param>
/// <param name="TellsFirst">The webhook about it goes out before the answer.</param>
public sealed record VendorReply(int? Status, byte[] Body, bool TellsFirst = false)
{
    public static VendorReply Silence { get; } = new(null, []);

    internal static VendorReply Json(object body, int status = 200) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), VendorApi.Form));
}
