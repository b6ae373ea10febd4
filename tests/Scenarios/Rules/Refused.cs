using JikoXpress.Domain;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Rules;

/// <summary>One no: how it comes about, and what it says.</summary>
/// <param name="Errors">All that the answer lists, each as its code and pointer; the first gives the answer's
/// code.</param>
/// <param name="Situation">Brings about the request that is refused; it is sent once the tables have been
/// counted.</param>
public sealed record Refused(int Status, string Code, Sequence<string> Errors, Func<Refusals, Task<Request>> Situation)
{
    public Refused(int status, string code, Sequence<string> errors, Func<Refusals, Request> request)
        : this(status, code, errors, rules => Task.FromResult(request(rules)))
    {
    }
}

/// <summary>A request that has not been sent yet.</summary>
public delegate Task<Answer> Request();
