namespace JikoXpress.WebApi.Tests.Documentation;

/// <summary>Where the sources are.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "JikoXpress.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
