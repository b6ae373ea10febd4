using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;
using JikoXpress.Jiko;
using JikoXpress.Scenarios.Hosting;

namespace JikoXpress.Scenarios.Clients;

/// <summary>JikoXpress.Client as others get it: a package, and nothing of this repository beside it.</summary>
public sealed class PackedClient(Restaurant restaurant) : Scenario(restaurant)
{
    /// <summary>No build lends its processes to another, and nothing is asked of the network.</summary>
    private static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string>
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
    };

    private static readonly Checkout Here = Checkout.Find();

    [Fact]
    public async Task The_package_says_what_it_is_and_brings_one_other()
    {
        await using var folder = await TemporaryFolder.Make("jiko-package");
        using var package = await ZipFile.OpenReadAsync(await Pack(folder.Folder));

        Assert.Equal(
            [
                "JikoXpress.Client.nuspec", "README.md", "lib/net10.0/JikoXpress.Client.dll",
                "lib/net10.0/JikoXpress.Client.xml",
            ],
            package.Entries.Select(entry => entry.FullName)
                .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal)
                    && !name.StartsWith("package/", StringComparison.Ordinal) && name is not "[Content_Types].xml")
                .Order(StringComparer.Ordinal));
        var told = XDocument.Parse(await Text(package, "JikoXpress.Client.nuspec")).Root!.Elements().Single();
        Assert.Equal("JikoXpress.Client", Told("id"));
        Assert.Equal((await File.ReadAllTextAsync(Here.PathOf("VERSION"))).Trim(), Told("version"));
        Assert.Equal("MIT", Told("license"));
        Assert.Equal("JikoXpress", Told("authors"));
        Assert.Equal("README.md", Told("readme"));
        Assert.StartsWith("Typed client for the JikoXpress checkout API", Told("description"), StringComparison.Ordinal);
        Assert.Contains("restaurant", Told("tags"), StringComparison.Ordinal);
        var needed = Assert.Single(Named("dependencies").Elements());
        Assert.Equal("net10.0", needed.Attribute("targetFramework")?.Value);
        Assert.Equal("Microsoft.Extensions.Http.Resilience", Assert.Single(needed.Elements()).Attribute("id")?.Value);

        XElement Named(string name) => told.Elements().Single(element => element.Name.LocalName == name);
        string Told(string name) => Named(name).Value;
    }

    [Fact]
    public async Task A_program_of_its_own_makes_the_sale_of_the_readme_with_the_package()
    {
        await using var folder = await TemporaryFolder.Make("jiko-package");
        var packed = await Pack(folder.Folder);
        using (var package = await ZipFile.OpenReadAsync(packed))
            await Write("Program.cs", ProgramOf(await Text(package, "README.md")));
        await Write("nuget.config", """
            <configuration><packageSources><clear /><add key="here" value="." /></packageSources></configuration>
            """);
        await Write("Sample.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <UseAppHost>false</UseAppHost>
                <NuGetAudit>false</NuGetAudit>
                <RestorePackagesPath>packages</RestorePackagesPath>
                <RestoreFallbackFolders>{Restored}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="JikoXpress.Client" Version="*" />
              </ItemGroup>
            </Project>
            """);

        await DotNet(folder.Folder, "build", "--output", "built");
        var said = await DotNet(
            folder.Folder, "exec", "built/Sample.dll", $"{Restaurant.Host.Address}", Till.Token!, $"{Pilau}");

        Assert.Matches(@"\AOrder \d+, change 5000 shillings\n\z", said);

        Task Write(string file, string text) => File.WriteAllTextAsync(Path.Combine(folder.Folder, file), text);
    }

    /// <summary>Where what the package needs was restored to, so that it is not fetched again.</summary>
    private static string Restored => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>The example of the readme, at the address, and with the token and the dish, that it is given.</summary>
    private static string ProgramOf(string readme)
    {
        var example = readme.Split("```csharp\n")[1].Split("```")[0]
            .Replace("new Uri(\"http://127.0.0.1:5080\")", "new Uri(args[0])", StringComparison.Ordinal);
        const string First = "using JikoXpress.Client;\n";
        Assert.StartsWith(First, example, StringComparison.Ordinal);
        return $"{First}var (token, pilau) = (args[1], Guid.Parse(args[2]));\n{example[First.Length..]}";
    }

    /// <summary>The assembly that this test was built with, packed.</summary>
    private static async Task<string> Pack(string folder)
    {
        await DotNet(
            Here.Root, "pack", "src/Client", "--no-build", "--output", folder, "--configuration", BuiltAs);
        return Assert.Single(Directory.GetFiles(folder, "*.nupkg"));
    }

    private static string BuiltAs =>
        typeof(PackedClient).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private static async Task<string> Text(ZipArchive package, string entry)
    {
        using var reader = new StreamReader(await package.GetEntry(entry)!.OpenAsync());
        return (await reader.ReadToEndAsync()).ReplaceLineEndings("\n");
    }

    private static async Task<string> DotNet(string folder, params IEnumerable<string> words)
    {
        var ended = await new Command("dotnet", words)
        {
            Folder = folder,
            Environment = Settings,
            Patience = TimeSpan.FromMinutes(5),
        }.Run();
        Assert.True(ended.Code == 0, ended.Said);
        return ended.Output;
    }
}
