namespace JikoXpress.WebApi.Problems;

// Codes of checks before the contents of a request are looked at.
internal static partial class ProblemCodes
{
    private static IReadOnlyList<ProblemCode> Transport =>
    [
        new(400, "malformed-request",
            "The request does not follow the rules of HTTP, or has two Authorization headers.",
            "Correct the request; the same one is refused again."),
        new(405, "method-not-allowed",
            "The path is there, but does not take this method.",
            "The Allow header lists what it takes."),
        new(406, "not-acceptable",
            "The Accept header names no form in which this can be given.",
            "Accept one of those that the detail lists, or leave the header out."),
        new(408, "request-timeout",
            "The body took too long to arrive.",
            "Send the request again, on a better connection; with an Idempotency-Key that is safe."),
        new(413, "body-too-large",
            "The body is larger than 64 KiB.",
            "No order needs as much: 100 lines of 500 characters fit. Look for what fills the body."),
        new(414, "uri-too-long",
            "Path and query together are longer than 8 KiB.",
            "Send fewer or shorter parameters."),
        new(415, "unsupported-media-type",
            "The body is not application/json in UTF-8, or it is compressed.",
            "Say Content-Type: application/json and send the JSON as it is."),
        new(431, "headers-too-large",
            "The request has more than 100 header fields, or they are larger than 32 KiB together.",
            "Send fewer headers; often it is cookies, which nothing here reads."),
        new(429, "rate-limited",
            "This token, or without a token this address, sent too many requests.",
            "Wait as long as Retry-After says, in seconds."),
        new(500, "internal-error",
            "Something went wrong on our side. It is never the answer to a request that merely cannot be granted.",
            "Send the same request again, with the same Idempotency-Key. If it stays so, report the traceId."),
        new(503, "overloaded",
            "There is too much to do at the moment; nothing was changed.",
            "Wait as long as Retry-After says, in seconds, and send the same request again."),
        new(503, "not-ready",
            "The database did not answer. The request may have taken effect all the same.",
            "Send the same request with the same Idempotency-Key again, as long after as Retry-After says: it takes "
            + "effect once, and its answer tells what became of it."),
    ];

    private static IReadOnlyList<ProblemCode> Parsing =>
    [
        new(400, "malformed-json",
            "The body is empty, no valid JSON in UTF-8, nested deeper than 16, or no object.",
            "The detail says at which line and byte."),
        new(400, "duplicate-field",
            "A member is given twice in the same object.",
            "Send it once; nobody can know which of the two was meant."),
        new(400, "invalid-type",
            "A value has the wrong type: text for a number, a decimal for money, a word that does not exist, no UUID.",
            "errors[].pointer says where, errors[].message what is expected."),
        new(400, "idempotency-key-missing",
            "This caller has set that every such request carries an Idempotency-Key.",
            "Send one, made anew for each thing you mean to do, and the same again when you repeat it."),
        new(400, "idempotency-key-invalid",
            "The Idempotency-Key is not one header of 1 to 255 visible ASCII characters.",
            "A UUID is a good key."),
        new(400, "cursor-invalid",
            "One of after, before and Last-Event-ID was not given out by this list or stream, or after and before are "
            + "both given.",
            "Begin again without it, and hand back what the answers give out as it is."),
    ];

    private static IReadOnlyList<ProblemCode> Access =>
    [
        new(401, "unauthenticated",
            "There is no bearer token, or nobody holds this one.",
            "Send Authorization: Bearer and the token. Tokens in the query or in cookies are not read."),
        new(401, "token-expired",
            "The token was good, and its time is over.",
            "Get a new one, such as by entering the PIN again."),
        new(401, "webhook-unverified",
            "A webhook's path, signature or time is not that of an aggregator of ours, or all of them are not.",
            "Only aggregators send webhooks; they sign what they send when they send it."),
        new(403, "role-not-allowed",
            "The token is good, but this is not open to its kind of caller or its role.",
            "The detail lists to whom it is open."),
        new(403, "channel-not-permitted",
            "The token belongs to another channel: a kiosk's opens KIOSK sessions, a cashier's POS sessions.",
            "Use the token of the channel, or name the channel of the token."),
    ];
}
