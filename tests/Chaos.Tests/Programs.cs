namespace JikoXpress.Chaos.Tests;

/// <summary>The programs that the campaign runs, as they were built with these tests.</summary>
internal static class Programs
{
    public static string Silo => Of("Silo");

    public static string Simulator => Of("Simulator");

    private static string Of(string project)
    {
        // tests/Chaos.Tests/bin/<configuration>/<framework>
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var (framework, configuration) = (output.Name, output.Parent!.Name);
        var root = output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "src", project, "bin", configuration, framework, $"JikoXpress.{project}.dll");
    }
}
