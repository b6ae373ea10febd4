using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using JikoXpress.Domain;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Binding;

/// <summary>
/// A request body, read strictly into the record that documents it. Each error is collected, and reading goes on with a
/// placeholder. The endpoint reads first, and then checks for errors in this order:
/// <code>return body.Malformed ?? (who) ?? body.Broken(command) ?? (the grain's answer);</code>
/// </summary>
internal sealed class JsonBody
{
    /// <summary>Longest body in bytes; Kestrel refuses a longer one.</summary>
    public const int Longest = 64 * 1024;

    /// <summary>How long a body may take to arrive, from its first byte to its last.</summary>
    public const int PatienceInSeconds = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(PatienceInSeconds);

    private readonly HttpContext http;
    private readonly byte[] bytes;
    private readonly JsonElement root;
    private readonly Violations violations = new();
    private PhonePlace phones = new(Country.Tz);
    private bool isRead;

    private JsonBody(HttpContext http, byte[] bytes)
    {
        this.http = http;
        this.bytes = bytes;
        root = Parse();
    }

    private JsonBody(HttpContext http, Problem unreadable)
    {
        this.http = http;
        bytes = [];
        violations.Unreadable(unreadable);
    }

    /// <summary>Why the request cannot be read (400, 408, 415); null if it can.</summary>
    public Problem? Malformed => violations.Malformed;

    public static async Task<JsonBody> Read(HttpContext http)
    {
        if (MediaType.Refusal(http.Request) is { } unsupported) return new JsonBody(http, unsupported);
        var (bytes, refusal) = await Bytes(http);
        if (refusal is not null) return new JsonBody(http, refusal);
        var body = new JsonBody(http, bytes);
        body.phones = await http.Phones(body.root);
        return body;
    }

    /// <summary>As <see cref="Read"/>, but a request without a body counts as an empty object.</summary>
    public static async Task<JsonBody> ReadIfAny(HttpContext http) =>
        http.Request is { ContentLength: null or 0, Headers.TransferEncoding.Count: 0 }
            ? new JsonBody(http, "{}"u8.ToArray())
            : await Read(http);

    /// <summary>The caller's operation, from its Idempotency-Key; null where it gave none and need not.</summary>
    public Operation? Operation() => IdempotencyKey.Operation(http, bytes, root, violations);

    /// <summary>
    /// As <see cref="Operation"/>, for an answer with a secret: it is derived from the caller's token, so that a
    /// repeated request is answered with the same one.
    /// </summary>
    public SecretOperation? SecretOperation() =>
        Operation() is { } operation && http.BearerToken is { } token
            ? new SecretOperation(
                operation,
                HMACSHA256.HashData(Encoding.UTF8.GetBytes(token.Text), operation.Id.ToByteArray(bigEndian: true)))
            : null;

    /// <summary>The body as this record, with placeholders for what is missing or wrong.</summary>
    public T As<T>() where T : class
    {
        isRead = true;
        return BodyShape<T>.Read(root, violations, phones: phones);
    }

    /// <summary>The broken rules (422) that reading found, and with them those that the command breaks.</summary>
    public Problem? Broken(ICommand command) => Broken(command.Broken);

    /// <summary>As <see cref="Broken(ICommand)"/>, for rules that are not the command's own.</summary>
    public Problem? Broken(Func<Sequence<Refusal>> rules)
    {
        if (!isRead) As<EmptyBody>();
        // What has a body has no parameters: ?dryRun=true must not sell.
        Query.RefuseAllBut(http.Request, [], violations);
        return violations.Broken(rules);
    }

    /// <summary>As <see cref="Broken(ICommand)"/>, if the domain has no rules for this request.</summary>
    public Problem? Broken() => Broken(() => []);

    /// <summary>What is malformed, or else broken: for endpoints that check nothing in between.</summary>
    public Problem? Refusal(ICommand command) => Malformed ?? Broken(command);

    public Problem? Refusal(Func<Sequence<Refusal>> rules) => Malformed ?? Broken(rules);

    public Problem? Refusal() => Malformed ?? Broken();

    /// <summary>Why a request is refused whose command has no members.</summary>
    public static async Task<Problem?> Unwanted(HttpContext http) => (await ReadIfAny(http)).Refusal();

    private JsonElement Parse()
    {
        if (JsonShape.ParseFlawless(bytes) is { } flawless) return flawless;
        if (JsonShape.Parse(bytes, out var reason) is not { } parsed)
        {
            violations.Unreadable(new Problem(StatusCodes.Status400BadRequest, "malformed-json", reason));
            return default;
        }

        foreach (var pointer in JsonShape.Repeated(parsed))
        {
            violations.Malform(pointer, "duplicate-field", "This member is given twice.", pointer);
        }

        return parsed;
    }

    /// <summary>
    /// The whole body, or why there is none: it did not arrive in time (408), or the lane was full when it had arrived
    /// (503). While it arrives, the request has no place in its lane.
    /// </summary>
    public static async ValueTask<(byte[] Bytes, Problem? Refusal)> Bytes(HttpContext http)
    {
        var reader = http.Request.BodyReader;
        // A body that arrived together with the headers needs no timer.
        if (reader.TryRead(out var arrived))
        {
            if (arrived.IsCompleted) return (Taken(arrived), null);
            reader.AdvanceTo(arrived.Buffer.Start, arrived.Buffer.End);
        }

        http.LeaveLane();
        if (await Rest(http, reader) is not { } bytes)
            return ([], Problem.OfStatus(StatusCodes.Status408RequestTimeout));
        return await http.EnterLaneAgain() ? (bytes, null) : ([], FrameworkProblems.Overloaded);

        byte[] Taken(ReadResult result)
        {
            var bytes = result.Buffer.ToArray();
            reader.AdvanceTo(result.Buffer.End);
            return bytes;
        }
    }

    /// <summary>The body when it has arrived; null if it takes too long, or was given up for a newer one.</summary>
    private static async ValueTask<byte[]?> Rest(HttpContext http, PipeReader reader)
    {
        var services = http.RequestServices;
        using var patience = new CancellationTokenSource(Patience, services.GetRequiredService<TimeProvider>());
        await using var end = patience.Token.Register(reader.CancelPendingRead);
        using var unfinished = services.GetRequiredService<UnfinishedBodies>().Begin(http, patience.Cancel);
        // A cancelled read would leave the reader in an undefined state. If the caller disconnects, the server ends it.
        var read = await reader.ReadAtLeastAsync(Longest + 1, CancellationToken.None);
        var bytes = read.IsCanceled ? null : read.Buffer.ToArray();
        reader.AdvanceTo(read.Buffer.End);
        return bytes;
    }
}
