namespace JikoXpress.WebApi.Problems.Codes;

/// <summary>Codes of the checks before the contents of a request are looked at.</summary>
internal static class EdgeCodes
{
    public static IReadOnlyList<ProblemCode> Transport { get; } =
    [
        new(400, "malformed-request",
            "The request does not follow the rules of HTTP, or has two Authorization headers.",
            "Correct the request; the same one is refused again."),
        new(400, "precondition-not-accepted",
            "The request bears If-Match, and nothing is compared with it here.",
            "Leave the header out, or use it where the operation names it."),
        new(405, "method-not-allowed",
            "The path is there, but does not take this method.",
            "The Allow header lists what it takes."),
        new(406, "not-acceptable",
            "The Accept header names no media type in which this is available.",
            "Accept one of those that the detail lists, or leave the header out."),
        new(408, "request-timeout",
            "The body took too long to arrive.",
            "Send the request again, on a better connection; with an Idempotency-Key that is safe."),
        new(413, "body-too-large",
            "The body is larger than 64 KiB.",
            "Send less; 100 lines of 500 characters fit into 64 KiB."),
        new(414, "uri-too-long",
            "Path and query together are longer than 8 KiB.",
            "Send fewer or shorter parameters."),
        new(415, "unsupported-media-type",
            "The body is not application/json in UTF-8, or it is compressed.",
            "Send Content-Type: application/json, and the JSON without compression."),
        new(431, "headers-too-large",
            "The request has more than 100 header fields, or they are larger than 32 KiB together.",
            "Send fewer headers; often these are cookies, which this API does not read."),
        new(429, "rate-limited",
            "This token, or without a token this address, sent too many requests.",
            "Wait as long as Retry-After says, in seconds."),
        new(500, "internal-error",
            "An unexpected error occurred in the server.",
            "Send the same request again, with the same Idempotency-Key. If it happens again, report the traceId."),
        new(503, "overloaded",
            "The server is overloaded at the moment; nothing was changed.",
            "Wait as long as Retry-After says, in seconds, and send the same request again."),
        new(503, "store-unavailable",
            "The database takes no writes at the moment, for example because its disk is full; nothing was changed.",
            "Wait as long as Retry-After says, in seconds, and send the same request again. Reading may still work."),
        new(503, "not-ready",
            "The database did not answer. The request may still have taken effect.",
            "Send the same request with the same Idempotency-Key again, as long after as Retry-After says: it takes "
            + "effect once, and its answer shows the result."),
    ];

    public static IReadOnlyList<ProblemCode> Parsing { get; } =
    [
        new(400, "malformed-json",
            "The body is empty, is not valid JSON in UTF-8, is nested deeper than 16, or is not an object.",
            "The detail says at which line and byte."),
        new(400, "duplicate-field",
            "A member is given twice in the same object.",
            "Send it once."),
        new(400, "invalid-type",
            "A value has the wrong type: text for a number, a decimal for money, an unknown word, or not a UUID.",
            "errors[].pointer says where, errors[].message what is expected."),
        new(400, "idempotency-key-missing",
            "This caller requires an Idempotency-Key on every such request.",
            "Send a new key for each operation, and the same key when you repeat one."),
        new(400, "idempotency-key-invalid",
            "The Idempotency-Key is not one header of 1 to 255 visible ASCII characters.",
            "Use a UUID, for example."),
        new(400, "cursor-invalid",
            "One of after, before and Last-Event-ID was not given out by this list or stream, or after and before are "
            + "both given.",
            "Start again without it, and send values exactly as the answers give them."),
    ];

    public static IReadOnlyList<ProblemCode> Access { get; } =
    [
        new(401, "unauthenticated",
            "There is no bearer token, or it is unknown.",
            "Send Authorization: Bearer and the token. Tokens in the query or in cookies are ignored."),
        new(401, "token-expired",
            "The token has expired.",
            "Get a new one, for example by entering the PIN again."),
        new(401, "webhook-unverified",
            "The path, signature or time of a webhook is wrong.",
            "Only aggregators send webhooks, and they sign each one."),
        new(403, "role-not-allowed",
            "The token is valid, but its kind of caller or its role may not do this.",
            "The detail lists who may."),
        new(403, "scope-missing",
            "The merchant's key is valid, but lacks the scope that this needs, such as payments:write.",
            "Use another key, or have one made with the scope."),
        new(403, "channel-not-permitted",
            "The token belongs to another channel: a kiosk's opens KIOSK sessions, a cashier's POS sessions.",
            "Use the token of the channel, or name the channel of the token."),
    ];
}
