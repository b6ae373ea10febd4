using JikoXpress.Domain;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Binding;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Pointer">A JSON pointer into the body (RFC 6901), or the name of a query parameter after a "?".</param>
internal sealed record Violation(string Pointer, string Code, string Message);

/// <summary>
/// Everything found wrong with one request while it was read, so that the caller hears of all of it at once. What
/// cannot be understood (400) answers before what can be understood but is not allowed (422).
/// </summary>
internal sealed class Violations
{
    /// <summary>How many are listed; a hostile body could hold thousands.</summary>
    private const int Listed = 50;

    private readonly List<Violation> malformed = [];
    private readonly List<Violation> broken = [];
    private Problem? unreadable;
    private bool judgeable = true;

    /// <summary>The answer when the request could not be understood; null when it could.</summary>
    public Problem? Malformed => unreadable ?? Answer(StatusCodes.Status400BadRequest, malformed);

    /// <summary>Nothing could be read at all: this alone is the answer.</summary>
    public void Unreadable(Problem problem) => unreadable ??= problem;

    /// <summary>Adds to the 400s and hands out a placeholder, so that reading can go on.</summary>
    public T Malform<T>(string pointer, string code, string message, T placeholder)
    {
        malformed.Add(new Violation(pointer, code, message));
        return placeholder;
    }

    /// <summary>Adds to the 422s.</summary>
    public void Break(string pointer, string code, string message) => broken.Add(new Violation(pointer, code, message));

    /// <summary>Adds a missing member to the 422s and hands out a harmless placeholder.</summary>
    public T Missing<T>(string pointer, T placeholder)
    {
        Break(pointer, "field-required", $"{pointer[(pointer.LastIndexOf('/') + 1)..]} is required.");
        return placeholder;
    }

    /// <summary>As <see cref="Missing"/>, for a word without which the other rules have nothing to go by.</summary>
    public T MissingWord<T>(string pointer)
    {
        judgeable = false;
        return Missing(pointer, default(T)!);
    }

    /// <summary>
    /// The answer when the request breaks rules of the edge; null when it breaks none, since the rules of the domain
    /// are then asked where the command goes. Where it does, what <paramref name="rules"/> find comes with it.
    /// </summary>
    public Problem? Broken(Func<Sequence<Refusal>> rules)
    {
        if (broken.Count is 0 || !judgeable) return Broken();
        var found = rules().Select(refusal => new Violation(refusal.Pointer, refusal.Code, refusal.Sentence));
        return Answer(StatusCodes.Status422UnprocessableEntity, [.. broken, .. found]);
    }

    /// <summary>The answer when the request breaks rules of the edge; null when it breaks none.</summary>
    public Problem? Broken() => Answer(StatusCodes.Status422UnprocessableEntity, broken);

    private static Problem? Answer(int status, List<Violation> found) => found.Count is 0
        ? null
        : new Problem(status, found[0].Code, found[0].Message) { Errors = [.. found.Take(Listed)] };
}
