using JikoXpress.Domain;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Binding;

/// <summary>One error in a request.</summary>
/// <param name="Pointer">A JSON pointer into the body (RFC 6901), or the name of a query parameter after a "?".</param>
internal sealed record Violation(string Pointer, string Code, string Message);

/// <summary>
/// All errors found in one request while it was read, so that the caller gets them in one answer. Errors of form
/// (400) are answered before broken rules (422).
/// </summary>
internal sealed class Violations
{
    /// <summary>How many errors are listed at most; a hostile body could cause thousands.</summary>
    private const int Listed = 50;

    private readonly List<Violation> malformed = [];
    private readonly List<Violation> broken = [];
    private readonly List<Violation> refused = [];
    private Problem? unreadable;
    private bool judgeable = true;

    /// <summary>The 400 answer if the request cannot be read; null if it can.</summary>
    public Problem? Malformed => unreadable ?? Answer(StatusCodes.Status400BadRequest, malformed);

    /// <summary>Sets the only answer, for a request of which nothing can be read.</summary>
    public void Unreadable(Problem problem) => unreadable ??= problem;

    /// <summary>Adds a 400 error and returns the placeholder, so that reading can continue.</summary>
    public T Malform<T>(string pointer, string code, string message, T placeholder)
    {
        malformed.Add(new Violation(pointer, code, message));
        return placeholder;
    }

    /// <summary>Adds a 422 error.</summary>
    public void Break(string pointer, string code, string message) => broken.Add(new Violation(pointer, code, message));

    /// <summary>Adds a 422 error about a member that is not taken; it comes after the other errors.</summary>
    public void Refuse(string pointer, (string Code, string Message) why) =>
        refused.Add(new Violation(pointer, why.Code, why.Message));

    /// <summary>Adds a 422 error for a missing member and returns a harmless placeholder.</summary>
    /// <param name="isWord">Without it the domain rules cannot be checked.</param>
    public T Missing<T>(string pointer, T placeholder, bool isWord = false)
    {
        judgeable &= !isWord;
        Break(pointer, "field-required", $"{pointer[(pointer.LastIndexOf('/') + 1)..]} is required.");
        return placeholder;
    }

    /// <summary>
    /// The 422 answer if reading found broken rules, together with what <paramref name="rules"/> find. Null if reading
    /// found none: the grain then checks the domain rules when it gets the command. About a member that is reported
    /// already the rules are not heard: they have seen its placeholder.
    /// </summary>
    public Problem? Broken(Func<Sequence<Refusal>> rules)
    {
        if (broken.Count is 0 && refused.Count is 0) return null;
        List<Violation> found = [.. broken, .. refused];
        if (judgeable)
        {
            var known = found.Select(violation => violation.Pointer).ToHashSet(StringComparer.Ordinal);
            found.AddRange(rules()
                .Where(refusal => !known.Contains(refusal.Pointer))
                .Select(refusal => new Violation(refusal.Pointer, refusal.Code, refusal.Sentence)));
        }

        return Answer(StatusCodes.Status422UnprocessableEntity, found);
    }

    /// <summary>The 422 answer if reading found broken rules; null if it found none.</summary>
    public Problem? Broken() => Broken(() => []);

    private static Problem? Answer(int status, List<Violation> found) => found.Count is 0
        ? null
        : new Problem(status, found[0].Code, found[0].Message)
        {
            Errors = [.. found.Take(Listed)],
            ErrorsOmitted = found.Count > Listed ? found.Count - Listed : null,
        };
}
