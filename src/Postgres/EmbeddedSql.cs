using System.Reflection;

namespace JikoXpress.Postgres;

/// <summary>The embedded SQL files of this assembly.</summary>
internal static class EmbeddedSql
{
    private static readonly Assembly Home = typeof(EmbeddedSql).Assembly;

    /// <summary>The files of a folder, in the order of their names; line ends are LF on every system.</summary>
    public static IEnumerable<(string File, string Text)> In(string folder) => Home.GetManifestResourceNames()
        .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(name => (name[folder.Length..], TextOf(name)));

    private static string TextOf(string name)
    {
        using var stream = Home.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is listed but cannot be read.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
