using System.Security.Cryptography;
using System.Text;

namespace JikoXpress.Postgres;

/// <summary>A file of src/Postgres/Schema; the README there says what belongs into which kind.</summary>
/// <param name="IsRepeatable">
/// Runs again when its text has changed, after all versioned ones. A versioned file runs once and never changes.
/// </param>
internal sealed record SchemaScript(string File, string Text, bool IsRepeatable)
{
    /// <summary>SHA-256 of the text, with LF as line ends, in lower-case hexadecimal digits.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>The files of this build, in the order in which they run.</summary>
    public static IReadOnlyList<SchemaScript> OfThisBuild() =>
    [
        .. EmbeddedSql.In("Schema/").Select(one => new SchemaScript(one.File, one.Text, IsRepeatable: false)),
        .. EmbeddedSql.In("Repeatable/").Select(one => new SchemaScript(one.File, one.Text, IsRepeatable: true)),
    ];
}
