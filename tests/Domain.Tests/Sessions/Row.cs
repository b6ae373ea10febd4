using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Tests.Sessions;

/// <summary>One rule that an opening can break.</summary>
/// <param name="Factory">The member of <see cref="SessionRefusals"/> that says no.</param>
public sealed record Row(string Code, string Pointer, string Factory, Func<OpenSession, OpenSession> Break);

/// <summary>
/// Rules in their order, and a command that keeps them all. Breaking one together with all the later ones proves the
/// order too.
/// </summary>
public sealed record Chain(string Name, OpenSession Good, Sequence<Row> Rows)
{
    public override string ToString() => Name;
}

public sealed record BrokenRule(Chain Chain, int Index)
{
    public Row Row => Chain.Rows[Index];

    public OpenSession Alone => Row.Break(Chain.Good);

    public OpenSession WithAllLaterOnes =>
        Chain.Rows.Skip(Index).Aggregate(Chain.Good, (command, row) => row.Break(command));

    public override string ToString() => $"{Chain.Name}: {Row.Code} at {Row.Pointer}";
}
