using System.Xml.Linq;

namespace JikoXpress.Architecture.Tests;

/// <summary>The repository that these tests were built from, as files.</summary>
internal static class Repository
{
    private static readonly string[] NotSources =
        ["bin", "obj", "artifacts", ".git", ".jiko", ".vs", ".idea", "TestResults"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<Project> Projects { get; } =
        [.. Files("*.csproj").Select(file => new Project(file.Path, XDocument.Parse(file.Text)))];

    /// <summary>The files that people write, below a folder of the root.</summary>
    public static IEnumerable<TextFile> Files(string pattern, string below = "")
    {
        var folders = new Queue<string>([Path.Combine(Root, below)]);
        while (folders.TryDequeue(out var folder))
        {
            foreach (var inner in Directory.EnumerateDirectories(folder))
            {
                if (!NotSources.Contains(Path.GetFileName(inner))) folders.Enqueue(inner);
            }

            foreach (var file in Directory.EnumerateFiles(folder, pattern))
                yield return new TextFile(Path.GetRelativePath(Root, file).Replace('\\', '/'), File.ReadAllText(file));
        }
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
}

/// <param name="Path">From the root of the repository, with slashes.</param>
internal sealed record TextFile(string Path, string Text)
{
    public IEnumerable<(int Number, string Text)> Lines =>
        Text.Split('\n').Index().Select(line => (line.Index + 1, line.Item.TrimEnd('\r')));
}

internal sealed record Project(string Path, XDocument Xml)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public bool IsSource => Path.StartsWith("src/", StringComparison.Ordinal);

    /// <summary>Our own projects that it names.</summary>
    public IEnumerable<string> References => Included("ProjectReference")
        .Select(reference => System.IO.Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')));

    public IEnumerable<string> Packages => Included("PackageReference");

    public IEnumerable<string> Frameworks => Included("FrameworkReference");

    private IEnumerable<string> Included(string item) =>
        Xml.Descendants(item).Select(element => (string?)element.Attribute("Include")).OfType<string>();
}
