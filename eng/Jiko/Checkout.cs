namespace JikoXpress.Jiko;

/// <summary>The repository that the commands work in, and what they keep there.</summary>
/// <param name="Root">Its folder.</param>
internal sealed record Checkout(string Root)
{
    private const string SolutionName = "JikoXpress.sln";

    /// <summary>Data, logs and locks: not under version control.</summary>
    public string State => Path.Combine(Root, ".jiko");

    public string Solution => Path.Combine(Root, SolutionName);

    /// <summary>The one that this program was built from, else the one that it is called in.</summary>
    /// <exception cref="Failure">Neither is a checkout of JikoXpress.</exception>
    public static Checkout Find() =>
        Above(AppContext.BaseDirectory) ?? Above(Directory.GetCurrentDirectory())
        ?? throw new Failure($"there is no {SolutionName} here: call jiko in a checkout of JikoXpress");

    /// <param name="path">From the root, with slashes.</param>
    public string PathOf(string path) => Path.GetFullPath(path, Root);

    /// <summary>The file for what a program writes; its folder is made.</summary>
    public string Log(string name)
    {
        var log = Path.Combine(State, "logs", name);
        Directory.CreateDirectory(Path.GetDirectoryName(log) ?? State);
        return log;
    }

    private static Checkout? Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SolutionName))) return new Checkout(folder.FullName);
        }

        return null;
    }
}
