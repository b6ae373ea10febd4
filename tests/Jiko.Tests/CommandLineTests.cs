using System.Text.RegularExpressions;
using JikoXpress.Jiko.Commands;
using JikoXpress.Jiko.Testing;

namespace JikoXpress.Jiko.Tests;

/// <summary>What ./jiko understands, and what it says where it does not.</summary>
public sealed class CommandLineTests
{
    private static readonly Checkout Here = Checkout.Find();

    [Theory]
    [InlineData("")]
    [InlineData("help")]
    [InlineData("help run")]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("run --help")]
    [InlineData("simulator --help")]
    [InlineData("chaos --minutes ten --help")]
    [InlineData("run")]
    [InlineData("run --port 5081 --no-demo --cluster --aggregator clickpesa")]
    [InlineData("run --postgres Host=127.0.0.1;Username=jiko")]
    [InlineData("test --filter FullyQualifiedName~Slips")]
    [InlineData("test --hang-limit 0.5")]
    [InlineData("simulator --secret 0123456789abcdef0123456789abcdef --port 5091")]
    [InlineData("openapi")]
    [InlineData("bench --only cash,hot --seconds 1.5 --rounds 2 --output report.md --full --cluster")]
    [InlineData("chaos --minutes 0 --seed 7 --hosts 3 --together")]
    [InlineData("simulate --seeds 20 --first 18446744073709551615")]
    [InlineData("simulate --seed 118 --bug late")]
    [InlineData("simulate --bugs")]
    [InlineData("simulate --bugs bill")]
    [InlineData("mutate --sql")]
    [InlineData("scaling --restaurants 20000 --silos 3 --cores 4 --database-cores 8 --seed 1 --picture evening.svg")]
    [InlineData("mutate Bills Sessions/Payments")]
    public void Is_understood(string words) => Assert.Null(Misunderstanding(words));

    [Theory]
    [InlineData("serve", "there is no command 'serve'. ./jiko help lists what there is.")]
    [InlineData("--fast", "there is no command '--fast'. ./jiko help lists what there is.")]
    [InlineData("run --prot 5081", "./jiko run does not know '--prot'. ./jiko run --help lists what it knows.")]
    [InlineData("run now", "./jiko run does not know 'now'. ./jiko run --help lists what it knows.")]
    [InlineData("openapi --write", "./jiko openapi does not know '--write'.")]
    [InlineData("mutate --slq", "./jiko mutate does not know '--slq'. ./jiko mutate --help lists what it knows.")]
    [InlineData("run --port 0", "--port takes a whole number from 1 to 65535, not '0'.")]
    [InlineData("run --port 65536", "--port takes a whole number from 1 to 65535, not '65536'.")]
    [InlineData("run --port http", "--port takes a whole number from 1 to 65535, not 'http'.")]
    [InlineData("run --port", "--port")]
    [InlineData("run --aggregator mpesa", "There is no aggregator 'mpesa'")]
    [InlineData("test --filter", "--filter")]
    [InlineData("bench --seconds 0", "--seconds takes a number from 0.1 to 600, not '0'.")]
    [InlineData("bench --rounds 1.5", "--rounds takes a whole number from 1 to 600, not '1.5'.")]
    [InlineData("chaos --minutes -1", "--minutes takes a number from 0 to 100000, not '-1'.")]
    [InlineData("chaos --minutes NaN", "--minutes takes a number from 0 to 100000, not 'NaN'.")]
    [InlineData("chaos --hosts 10", "--hosts takes a whole number from 1 to 9, not '10'.")]
    [InlineData("chaos --seed 1000000000000000000", "--seed takes a whole number")]
    [InlineData("simulate --seeds 0", "--seeds takes a whole number from 1 to 2147483647, not '0'.")]
    [InlineData("simulate --seeds 5 --seed 7", "--seeds, --seed and --bugs exclude each other.")]
    [InlineData("simulate --first 5", "--first needs --seeds.")]
    [InlineData("scaling --silos 0", "--silos takes a whole number from 1 to 1000, not '0'.")]
    [InlineData("simulate --bug late", "--bug needs --seed.")]
    [InlineData("mutate Bill", "There is no folder src/Domain/Bill.")]
    [InlineData("mutate --sql Bills", "--sql is for the schema alone")]
    public void Is_not_understood_and_says_so_in_one_line(string words, string said)
    {
        var misunderstanding = Misunderstanding(words);

        Assert.NotNull(misunderstanding);
        Assert.Contains(said, misunderstanding, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', misunderstanding);
    }

    [Fact]
    public void Each_command_has_a_page_and_the_usual_values_stand_in_it()
    {
        foreach (var command in CommandLine.Parse(Here, ["run"]).RootCommandResult.Command.Subcommands)
        {
            Assert.False(string.IsNullOrWhiteSpace(command.Description));
            Assert.All(command.Options.Where(option => !option.Aliases.Contains("-h")), option =>
                Assert.True(option.Description is { Length: > 10 }, $"{command.Name} {option.Name}"));
        }
    }

    /// <summary>The benchmark is a program of its own, whose list jiko cannot ask for without building it.</summary>
    [Fact]
    public void The_page_of_bench_names_all_that_is_measured_and_what_only_a_full_run_measures()
    {
        var names = Directory.GetFiles(Here.PathOf("bench/Bench/Scenarios"), "*.cs")
            .Select(file => (
                Scenario: Path.GetFileNameWithoutExtension(file),
                Name: Regex.Match(File.ReadAllText(file), @"string Named? =>? ""(\w+)"";").Groups[1].Value))
            .Where(scenario => scenario.Name.Length > 0)
            .ToDictionary(scenario => scenario.Scenario, scenario => scenario.Name);
        var only = Regex.Match(Page("--only"), "these: (.*)\\.").Groups[1].Value.Split(", ");

        Assert.Equal(names.Values.Order(), only.Order());
        var whenFull = File.ReadLines(Here.PathOf("bench/Bench/Setup.cs"))
            .Where(line => line.EndsWith("=> full,", StringComparison.Ordinal))
            .SelectMany(line => Regex.Matches(line, @"Scenarios\.(\w+)\.Named"))
            .Select(found => names[found.Groups[1].Value])
            .ToList();
        Assert.NotEmpty(whenFull);
        Assert.All(whenFull, name => Assert.Contains(name, Page("--full"), StringComparison.Ordinal));

        static string Page(string option) => CommandLine.Parse(Here, ["bench"]).CommandResult.Command.Options
            .Single(one => one.Name == option).Description ?? "";
    }

    [Fact]
    public void All_projects_that_hold_tests_are_run_and_no_other()
    {
        var projects = TestProjects.Of(Here);

        Assert.Contains("tests/Jiko.Tests/Jiko.Tests.csproj", projects);
        Assert.Contains("tests/Scenarios/Scenarios.csproj", projects);
        Assert.DoesNotContain("tests/Testing/Testing.csproj", projects);
        Assert.DoesNotContain("tests/Chaos/Chaos.csproj", projects);
        Assert.Equal(
            Directory.GetFiles(Here.PathOf("tests"), "*.Tests.csproj", SearchOption.AllDirectories).Length + 1,
            projects.Count);
    }

    private static string? Misunderstanding(string words) => CommandLine.Misunderstanding(
        CommandLine.Parse(Here, words.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
