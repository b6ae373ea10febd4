using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace JikoXpress.Silo.Tests.Deployment;

/// <summary>What is beside the code: files for operators, and what they say of it.</summary>
internal static partial class Repository
{
    private static string Root { get; } = FindRoot();

    public static string Cluster => Text("docs", "cluster.md");

    /// <summary>The settings that the product reads; a secret's name with _FILE too.</summary>
    public static IReadOnlySet<string> Settings { get; } = FindSettings();

    public static IEnumerable<string> Manifests =>
        Directory.GetFiles(Path.Combine(Root, "kubernetes"), "*.yaml").Select(file => Path.GetFileName(file));

    public static string Text(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    /// <summary>Maps, lists and texts; what a map takes over from an anchor is in it.</summary>
    public static Dictionary<string, object> Yaml(params string[] path) =>
        new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(
            new MergingParser(new Parser(new StringReader(Text(path)))));

    private static HashSet<string> FindSettings()
    {
        var named = Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Setting().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();
        var inFiles = Text("docs", "operation.md").Split('\n')
            .SelectMany(line => InFile().Matches(line)).Select(match => match.Groups[1].Value);
        return [.. named, .. inFiles];
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "JikoXpress.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("These tests run inside the repository.");
        }

        return folder;
    }

    [GeneratedRegex("\"(JIKO_[A-Z_]+)\"")]
    private static partial Regex Setting();

    [GeneratedRegex("`(JIKO_[A-Z_]+_FILE)`")]
    private static partial Regex InFile();
}
