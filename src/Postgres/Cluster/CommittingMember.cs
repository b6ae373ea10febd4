using System.Net;

namespace JikoXpress.Postgres.Cluster;

/// <summary>
/// The silo in whose name a process commits, as it stands in the membership table. The database refuses the commits of
/// one that was declared dead; see docs/decisions/0023.
/// </summary>
public sealed record CommittingMember(string ClusterId, IPAddress Address, int Port, int Generation)
{
    /// <summary>SQLSTATE of the refusal.</summary>
    public const string Dead = "JK002";

    /// <summary>The connection option that tells the database of it: an array of text.</summary>
    internal string Option => "-c jiko.member=" + Escaped($"{{{Quoted(ClusterId)},{Address},{Port},{Generation}}}");

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>In the options of a connection a backslash comes before what is taken as it is.</summary>
    private static string Escaped(string value) =>
        value.Replace("\\", @"\\", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal);
}
