namespace JikoXpress.WebApi.Hosting;

/// <summary>Reads secrets from files: JIKO_OPERATOR_KEY_FILE names the file that holds the key.</summary>
internal static class Secrets
{
    public const string InFile = "_FILE";

    public static readonly string[] Names = ["JIKO_OPERATOR_KEY", "JIKO_PIN_PEPPER", "JIKO_SIMULATOR_SECRET"];

    /// <summary>The connection string has the database's password in it.</summary>
    private const string Postgres = "JIKO_POSTGRES";

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>All that may stand in a file of its own.</summary>
    public static IEnumerable<string> InFiles => Names.Append(Postgres);

    /// <exception cref="InvalidOperationException">A secret is given twice, or its file cannot be read.</exception>
    public static void ReadFrom(IConfigurationManager configuration)
    {
        foreach (var name in InFiles)
        {
            if (configuration[name + InFile] is not { Length: > 0 } file) continue;
            if (configuration[name] is { Length: > 0 })
                throw new InvalidOperationException($"{name} and {name}{InFile} are both set; set one of them.");
            try
            {
                configuration[name] = File.ReadAllText(file).Trim();
            }
            catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
            {
                throw new InvalidOperationException($"{name}{InFile} names a file that cannot be read.", missing);
            }
        }
    }

    /// <summary>Others than the file's owner can read or write it.</summary>
    public static bool IsOpenToOthers(IConfiguration configuration, string name) =>
        configuration[name + InFile] is { Length: > 0 } file && IsOpenToOthers(file);

    /// <summary>Others than the file's owner can read or write it.</summary>
    public static bool IsOpenToOthers(string file) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) is not UnixFileMode.None;
}
