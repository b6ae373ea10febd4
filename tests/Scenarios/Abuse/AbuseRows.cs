namespace JikoXpress.Scenarios.Abuse;

internal static class AbuseRows
{
    public static IReadOnlyList<AbuseRow> All { get; } =
        [.. JsonAbuse.Rows, .. RuleAbuse.Rows, .. CallerAbuse.Rows, .. TransportAbuse.Rows];
}
