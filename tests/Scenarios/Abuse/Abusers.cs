using System.Text.RegularExpressions;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Abuse;

/// <summary>
/// Whatever is sent over a real socket, the answer is a proper no (never one that blames the server), it gives nothing
/// away, and not a row more is in the tables.
/// </summary>
public sealed partial class Abusers(Restaurant restaurant) : Scenario(restaurant)
{
    private static readonly Dictionary<string, AbuseRow> Rows = AbuseRows.All.ToDictionary(row => row.Name);

    public static TheoryData<string> Names => [.. Rows.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task Gets_nowhere(string name)
    {
        var row = Rows[name];
        var before = await Trace.Of(Restaurant.Database);

        var answer = await RawHttp.Ask(Restaurant.Host.Address, row.Bytes(Kitchen));

        Assert.Equal((row.Status, row.Code), (answer.Status, CodeOf(answer)));
        Assert.DoesNotContain("Exception", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Npgsql", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\nServer:", answer.Headers, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Access-Control-", answer.Headers, StringComparison.OrdinalIgnoreCase);
        if (row.Status is 401) Assert.Contains("WWW-Authenticate: Bearer", answer.Headers, StringComparison.Ordinal);
        if (row.Status is 405) Assert.Contains("\r\nAllow: ", answer.Headers, StringComparison.Ordinal);
        Assert.Equal(before, await Trace.Of(Restaurant.Database));
    }

    [Fact]
    public async Task The_sale_that_the_rows_spoil_would_pass()
    {
        var answer = await RawHttp.Ask(
            Restaurant.Host.Address, AbuseRow.Headers("", 201, null, "X-Harmless: yes").Bytes(Kitchen));

        Assert.Equal(201, answer.Status);
    }

    [Fact]
    public async Task A_body_that_comes_too_slowly_is_not_waited_for()
    {
        await using var slow = await RawHttp.Connect(Restaurant.Host.Address);
        var request = AbuseRow.Headers("", 201, null, "X-Harmless: yes").Bytes(Kitchen);
        await slow.Say(request[..^20]);
        var answer = slow.Listen();
        while (!answer.IsCompleted)
        {
            // In small steps: the server hears of the time later, and hours would end the token of the other tests.
            await Pass(1.Seconds);
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }

        Assert.Equal((408, "request-timeout"), ((await answer).Status, CodeOf(await answer)));
    }

    private static string? CodeOf(RawAnswer answer)
    {
        var code = Code().Match(answer.Body);
        if (code.Success) Assert.Contains("application/problem+json", answer.Headers, StringComparison.Ordinal);
        return code.Success ? code.Groups[1].Value : null;
    }

    [GeneratedRegex("\"code\":\"([a-z-]+)\",\"errors\"")]
    private static partial Regex Code();
}
