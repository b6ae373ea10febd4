using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace JikoXpress.WebApi.Tests.Documentation;

/// <summary>
/// The dashboard and the alarms under deploy/ ask for what there is: metrics, tags and their names as Prometheus makes
/// them of OTLP.
/// </summary>
public sealed partial class WatchingFilesTests
{
    /// <summary>The web server's own, of which the files use these.</summary>
    private static readonly string[] Platform =
    [
        "http_server_request_duration_seconds_bucket", "http_server_request_duration_seconds_count", "http_route",
        "http_response_status_code",
    ];

    private static readonly string[] Language =
    [
        "histogram_quantile", "sum", "max", "min", "rate", "increase", "absent", "vector", "and", "or", "by", "offset",
        "le",
    ];

    private static readonly Lazy<HashSet<string>> Known = new(() =>
    [
        .. OperationPageTests.Instruments().SelectMany(NamesOf),
        // A gauge of Orleans; its view gives it this name.
        "jiko_grains_live",
        .. Tags(), .. Platform, .. Language,
    ]);

    public static TheoryData<string> Expressions => [.. Dashboard(), .. Alarms()];

    [Theory, MemberData(nameof(Expressions))]
    public void Every_word_of_a_question_is_a_metric_a_tag_or_of_the_language(string expression)
    {
        var words = Word().Matches(Ignored().Replace(expression, "")).Select(word => word.Value).ToList();

        Assert.Contains(words, word => word.StartsWith("jiko_", StringComparison.Ordinal) || Platform.Contains(word));
        Assert.All(words, word => Assert.Contains(word, Known.Value));
    }

    [Theory]
    [InlineData("sum(jiko_checkout_sessions)")]
    [InlineData("max(jiko_inbox_age)")]
    [InlineData("sum by (jiko_kitchen) (rate(jiko_checkout_sessions_total[5m]))")]
    public void A_word_that_there_is_not_is_found(string expression) => Assert.Contains(
        Word().Matches(Ignored().Replace(expression, "")), word => !Known.Value.Contains(word.Value));

    [Fact]
    public void The_dashboard_shows_every_metric_or_an_alarm_asks_for_it()
    {
        var asked = string.Join(' ', Dashboard().Concat(Alarms()));

        Assert.All(
            OperationPageTests.Instruments().Where(instrument => !Unwatched.Contains(instrument.Name)),
            instrument => Assert.Contains(
                NamesOf(instrument), name => Regex.IsMatch(asked, $@"\b{name}\b", RegexOptions.None)));
    }

    /// <summary>Details, for whoever looks into something.</summary>
    private static readonly string[] Unwatched =
    [
        "jiko.inbox.event.age", "jiko.deadline.swept", "jiko.payment.exceptions", "jiko.retention.rows",
        "jiko.webhook.try.duration",
    ];

    private static List<string> Dashboard()
    {
        using var file = JsonDocument.Parse(Text("grafana.json"));
        var found = file.RootElement.GetProperty("panels").EnumerateArray()
            .Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString() ?? "")
            .ToList();
        Assert.InRange(found.Count, 10, 100);
        return found;
    }

    private static List<string> Alarms()
    {
        var found = Alarm().Matches(Text("alerts.yaml")).Select(line => line.Groups[1].Value.Trim()).ToList();
        Assert.InRange(found.Count, 8, 100);
        return found;
    }

    /// <summary>
    /// Dots become underscores, the unit comes behind, and then what kind it is. Units in braces, such as {row}, are left
    /// out.
    /// </summary>
    private static IEnumerable<string> NamesOf(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + (instrument.Unit is "s" ? "_seconds" : "");
        return instrument switch
        {
            Counter<long> => [$"{name}_total"],
            Histogram<int> or Histogram<double> => [$"{name}_bucket", $"{name}_count", $"{name}_sum"],
            _ => [name],
        };
    }

    private static IEnumerable<string> Tags() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*Metrics.cs", SearchOption.AllDirectories)
            .SelectMany(file => Literal().Matches(File.ReadAllText(file)))
            .Select(literal => literal.Groups[1].Value)
            .Except(OperationPageTests.Instruments().Select(instrument => instrument.Name))
            .Select(tag => tag.Replace('.', '_'));

    private static string Text(string file) => File.ReadAllText(Path.Combine(Repository.Root, "deploy", file));

    [GeneratedRegex("\"(jiko\\.[a-z.]+)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"^\s+expr: (.*)$", RegexOptions.Multiline)]
    private static partial Regex Alarm();

    /// <summary>Texts, lengths of time, and Grafana's own variables.</summary>
    [GeneratedRegex("\"[^\"]*\"|\\[[^\\]]*\\]")]
    private static partial Regex Ignored();

    [GeneratedRegex(@"(?<![0-9])[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Word();
}
