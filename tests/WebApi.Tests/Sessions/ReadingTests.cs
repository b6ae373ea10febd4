using System.Net;
using JikoXpress.WebApi.Tests.Hosting;
using static JikoXpress.WebApi.Tests.Hosting.FixedCredentials;
using static JikoXpress.WebApi.Tests.Sessions.Bodies;

namespace JikoXpress.WebApi.Tests.Sessions;

/// <summary>Looking at sessions: what is there, for whom, and whether it has changed.</summary>
public sealed class ReadingTests(House house) : IClassFixture<House>
{
    private const string Nowhere = $"{SessionsPath}/018f5a3e-7c1b-7d2e-9f00-0123456789ab";

    [Fact]
    public async Task A_session_is_shown_as_it_was_answered()
    {
        var opened = await house.As(Cashier).Opened(CashSale());

        var shown = await (await house.As(Cook).GetAsync($"{SessionsPath}/{opened["id"]}")).Json();

        Assert.Equal(opened.ToJsonString(), shown.ToJsonString());
    }

    [Theory]
    [InlineData(Stranger)]
    [InlineData(OtherKiosk)]
    [InlineData(App)]
    public async Task A_session_of_somebody_else_is_not_there(string token)
    {
        var opened = await house.As(Kiosk).Opened(Slip("KIOSK"));

        var theirs = await Unnamed(house.As(token).GetAsync($"{SessionsPath}/{opened["id"]}"));
        var nobodys = await Unnamed(house.As(token).GetAsync(Nowhere));

        Assert.Equal(nobodys, theirs);
        Assert.Contains("not-found", theirs, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("expire")]
    [InlineData("return-money")]
    [InlineData("reissue")]
    [InlineData("confirm-slip")]
    public async Task Nothing_is_done_to_a_session_of_another_kitchen(string command)
    {
        var opened = await house.As(Cashier).Opened(Slip());
        var body = command is "confirm-slip" ? TenThousandInCash : "{}";

        Assert.Equal(
            "404 not-found", await house.As(Stranger).Post($"{SessionsPath}/{opened["id"]}/{command}", body).Told());
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        var opened = await house.As(Cashier).Post(SessionsPath, Slip());
        var place = opened.Headers.Location;
        var client = house.As(Cashier);
        client.DefaultRequestHeaders.TryAddWithoutValidation("If-None-Match", $"\"other\", W/{opened.Headers.ETag}");

        var unchanged = await client.GetAsync(place);
        await house.As(Cashier).Post($"{place}/cancel", "{}");
        var changed = await client.GetAsync(place);

        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal(opened.Headers.ETag, unchanged.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Fact]
    public async Task What_the_clock_has_changed_is_sent_again()
    {
        await using var clock = new Moved(house);
        var opened = await house.As(Cashier).Post(SessionsPath, Slip());
        var client = house.As(Cashier);
        client.DefaultRequestHeaders.IfNoneMatch.Add(opened.Headers.ETag!);
        clock.By(TimeSpan.FromMinutes(15));

        var response = await client.GetAsync(opened.Headers.Location);
        var session = await response.Json();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("EXPIRED", (string?)session["status"]);
        Assert.Equal("SLIP_TIMEOUT", (string?)session["expiryReason"]);
    }

    [Fact]
    public async Task Expansions_add_what_they_name_and_have_tags_of_their_own()
    {
        var opened = await house.As(Cashier).Post(SessionsPath, CashSale());

        var expanded = await house.As(Cashier).GetAsync($"{opened.Headers.Location}?expand=order,timeline,items");
        var session = await expanded.Json();

        Assert.Equal((string?)session["orderId"], (string?)session["order"]?["id"]);
        Assert.Equal(["OPENED", "CONFIRMED"], session["timeline"]?.AsArray().Select(line => (string?)line?["event"]));
        Assert.NotEqual(opened.Headers.ETag, expanded.Headers.ETag);
    }

    [Fact]
    public async Task Only_staff_see_people()
    {
        var opened = await house.As(Kiosk).Opened(Slip("KIOSK", ""","customerPhone":"+255700123456" """));
        var place = $"{SessionsPath}/{opened["id"]}";

        var seenByKiosk = await (await house.As(Kiosk).GetAsync($"{place}/timeline")).Json();
        var seenByStaff = await (await house.As(Cashier).GetAsync($"{place}/timeline")).Json();

        Assert.Equal("+255******456", (string?)opened["customerPhone"]);
        Assert.Null(seenByKiosk["data"]?[0]?["byId"]);
        Assert.Equal("KIOSK", (string?)seenByKiosk["data"]?[0]?["by"]);
        Assert.NotNull(seenByStaff["data"]?[0]?["byId"]);
        var shown = await (await house.As(Cashier).GetAsync(place)).Json();
        Assert.Equal("+255700123456", (string?)shown["customerPhone"]);
    }

    [Fact]
    public async Task Who_polls_after_somebody_else_sees_what_is_theirs_and_what_has_changed()
    {
        var opened = await house.As(Kiosk).Opened(Slip("KIOSK", ""","customerPhone":"+255700123456" """));
        var place = $"{SessionsPath}/{opened["id"]}";
        async Task<string> Phone(string token) =>
            $"{(await (await house.As(token).GetAsync(place)).Json())["customerPhone"]}";

        Assert.Equal("+255700123456", await Phone(Cashier));
        Assert.Equal("+255******456", await Phone(Kiosk));
        Assert.Equal("+255******456", await Phone(Kiosk));
        Assert.Equal("+255700123456", await Phone(Cashier));

        await house.As(Kiosk).Post($"{place}/cancel", "{}");
        var ended = await (await house.As(Cashier).GetAsync(place)).Json();
        Assert.Equal("CANCELLED", (string?)ended["status"]);
    }

    [Theory]
    [InlineData("?expand=people", "400 invalid-type")]
    [InlineData("?expand=order&expand=timeline", "400 invalid-type")]
    [InlineData("?Expand=order", "422 unknown-parameter")]
    public async Task A_query_is_read_strictly(string query, string told) =>
        Assert.Equal(told, await house.As(Cashier).GetAsync(Nowhere + query).Told());

    [Theory]
    [InlineData("*", "200")]
    [InlineData("\"1.1\"", "200")]
    [InlineData("\"0.9\", \"1.1-timeline\"", "200")]
    [InlineData("\"2.2\"", "412 version-mismatch")]
    [InlineData("W/\"1.1\"", "412 version-mismatch")]
    [InlineData("1.1", "412 version-mismatch")]
    public async Task A_session_that_changed_since_is_left_alone(string tags, string told)
    {
        var opened = await house.As(Cashier).Opened(Slip());
        var client = house.As(Cashier);
        client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", tags);

        Assert.Equal(told, await client.Post($"{SessionsPath}/{opened["id"]}/cancel", "{}").Told());
    }

    [Theory]
    [InlineData("preview")]
    [InlineData("")]
    public async Task Where_no_version_is_compared_If_Match_is_refused_and_not_ignored(string path)
    {
        var client = house.As(Cashier);
        client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", "*");

        Assert.Equal(
            "400 precondition-not-accepted",
            await client.Post(path is "" ? SessionsPath : $"{SessionsPath}/{path}", CashSale()).Told());
        Assert.Equal("400 precondition-not-accepted", await client.GetAsync(SessionsPath).Told());
    }

    [Fact]
    public async Task The_stream_of_a_session_ends_after_its_end_and_is_not_begun_again()
    {
        var paid = await house.As(Cashier).Opened(CashSale());
        var path = $"{SessionsPath}/{paid["id"]}/events";

        // This returns when the stream has ended.
        var events = await house.As(Cashier).GetStringAsync(path);

        var last = Assert.Single(events.Split("\n\n"), part => part.StartsWith("event:", StringComparison.Ordinal));
        Assert.Contains("\"status\":\"CONFIRMED\"", last, StringComparison.Ordinal);
        var id = last[(last.LastIndexOf("id: ", StringComparison.Ordinal) + 4)..].Trim();
        Assert.Equal("204", await After(id).GetAsync(path).Told());
        Assert.Contains("CONFIRMED", await After("1.0").GetStringAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stream_of_an_open_session_ends_when_it_has_been_cancelled()
    {
        var slip = await house.As(Cashier).Opened(Slip());
        var path = $"{SessionsPath}/{slip["id"]}";
        var following = house.As(Cashier).GetStringAsync($"{path}/events");

        Assert.Equal("200", await house.As(Cashier).Post($"{path}/cancel", "{}").Told());

        Assert.Contains("\"status\":\"CANCELLED\"", await following, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("-1.0")]
    [InlineData("1.99999999999")]
    public async Task What_no_stream_has_given_out_is_no_place_to_go_on_from(string id)
    {
        var slip = await house.As(Cashier).Opened(Slip());

        Assert.Equal(
            "400 cursor-invalid", await After(id).GetAsync($"{SessionsPath}/{slip["id"]}/events").Told());
    }

    private HttpClient After(string lastEventId)
    {
        var client = house.As(Cashier);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        return client;
    }

    /// <summary>The answer without what names the request.</summary>
    private static async Task<string> Unnamed(Task<HttpResponseMessage> response)
    {
        var problem = await (await response).Json();
        problem.AsObject().Remove("traceId");
        return problem.ToJsonString();
    }

    /// <summary>Moves the clock for one test and back again.</summary>
    private sealed class Moved(House house) : IAsyncDisposable
    {
        private TimeSpan moved;

        public void By(TimeSpan time)
        {
            moved += time;
            house.Clock.Advance(time);
        }

        public ValueTask DisposeAsync()
        {
            house.Clock.Advance(-moved);
            return ValueTask.CompletedTask;
        }
    }
}
