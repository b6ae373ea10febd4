using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using JikoXpress.Grains;
using JikoXpress.Payments;
using JikoXpress.Postgres;
using JikoXpress.WebApi.Hosting;
using JikoXpress.WebApi.Load;
using JikoXpress.Webhooks;
using Microsoft.Extensions.Configuration;

namespace JikoXpress.WebApi.Tests.Documentation;

/// <summary>docs/operation.md says what there is, all of it and nothing else.</summary>
public sealed partial class OperationPageTests
{
    private static readonly Type[] Layers =
    [
        typeof(CheckoutMetrics), typeof(PaymentMetrics), typeof(StoreMetrics), typeof(WebhookMetrics),
        typeof(WebMetrics),
    ];

    /// <summary>Orleans measures it, and has it exported under this name.</summary>
    private const string OfOrleans = "jiko.grains.live";

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operation.md"));

    [Fact]
    public void It_names_every_metric_and_no_other() =>
        Assert.Equal(Instruments().Select(instrument => instrument.Name).Append(OfOrleans).Order(), Metrics().Order());

    [Fact]
    public void Every_metric_says_what_it_measures() => Assert.All(
        Instruments(), instrument => Assert.True(instrument is { Unit.Length: > 0, Description.Length: > 0 }));

    [Fact]
    public void It_names_every_limit_with_its_default()
    {
        var usual = new LoadOptions();
        Assert.Equal(usual, LoadOptions.From(new ConfigurationBuilder()
            .AddInMemoryCollection(Limit().Matches(Page).Select(
                row => new KeyValuePair<string, string?>(row.Groups[1].Value, row.Groups[2].Value)))
            .Build()));
        Assert.Equal(14, Limit().Count(Page));
    }

    private static IEnumerable<string> Metrics() => Metric().Matches(Page).Select(row => row.Groups[1].Value);

    internal static List<Instrument> Instruments()
    {
        var found = new List<Instrument>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name.StartsWith("JikoXpress.", StringComparison.Ordinal)) found.Add(instrument);
        };
        foreach (var layer in Layers) RuntimeHelpers.RunClassConstructor(layer.TypeHandle);
        listener.Start();
        return found;
    }

    [GeneratedRegex(@"^\| `(jiko\.[a-z.]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Metric();

    [GeneratedRegex(
        @"^\| `(JIKO_(?:(?:RATE|LANE)_[A-Z_]+|BODIES|CONNECTIONS|WAITING))` \| `(\d+/\d+)` \|", RegexOptions.Multiline)]
    private static partial Regex Limit();
}
