using System.Text.RegularExpressions;

namespace JikoXpress.Architecture.Tests;

/// <summary>What a reader may expect of every file.</summary>
public sealed partial class TidinessTests
{
    private const int LongestLine = 120;
    private const int LongestFile = 400;

    [Fact]
    public void Time_is_asked_of_a_TimeProvider() => Assert.Empty(Found(Clock(), "src", "*.cs"));

    [Fact]
    public void Nobody_sleeps_and_nobody_blocks_on_what_can_be_awaited() =>
        Assert.Empty(Found(Blocking(), "src", "*.cs"));

    [Fact]
    public void Tests_neither_sleep_nor_roll_dice() => Assert.Empty(Found(Chance(), "tests", "*.cs"));

    [Fact]
    public void Nothing_is_left_to_be_done_later() =>
        Assert.Empty(Found(Later(), "", "*.cs", "*.sql", "*.csproj", "*.html"));

    [Fact]
    public void No_file_knows_the_machine_it_was_written_on() =>
        Assert.Empty(Found(
            MachinePath(), "", "*.cs", "*.md", "*.json", "*.sql", "*.csproj", "*.props", "*.ps1", "*.yml", "*.html"));

    [Fact]
    public void Lines_fit_the_screen() => Assert.Empty(
        from file in Repository.Files("*.cs", "src").Concat(Repository.Files("*.cs", "bench"))
        from line in file.Lines
        where line.Text.Length > LongestLine
        select $"{file.Path}:{line.Number} has {line.Text.Length} columns");

    [Fact]
    public void There_are_files_to_look_at() => Assert.True(Repository.Files("*.cs", "src").Count() > 50);

    [Fact]
    public void Files_can_be_read_in_one_go() => Assert.Empty(
        from file in Repository.Files("*.cs", "src")
        where file.Lines.Count() > LongestFile
        select $"{file.Path} has {file.Lines.Count()} lines");

    private static IEnumerable<string> Found(Regex pattern, string below, params string[] kinds) =>
        from kind in kinds
        from file in Repository.Files(kind, below)
        from line in file.Lines
        where pattern.IsMatch(line.Text)
        select $"{file.Path}:{line.Number} {line.Text.Trim()}";

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b")]
    private static partial Regex Clock();

    // Asking a semaphore without waiting, .Wait(0), is no blocking.
    [GeneratedRegex(@"\bThread\.Sleep\b|\.Wait\((?!0\))|\.GetAwaiter\(\)\.GetResult\(|[a-z)]\.Result\b(?!\()")]
    private static partial Regex Blocking();

    [GeneratedRegex(@"\bThread\.Sleep\b|\bnew Random\b|\bRandom\.Shared\b")]
    private static partial Regex Chance();

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME)\b|NotImplemented" + "Exception")]
    private static partial Regex Later();

    [GeneratedRegex(@"(?<![\w.$}])/(home|root|work|Users)/|\b[A-Z]:\\\\Users")]
    private static partial Regex MachinePath();
}
