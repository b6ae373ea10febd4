using System.Net;
using System.Net.Sockets;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Grains.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace JikoXpress.Webhooks.Tests;

/// <summary>One webhook to a server that does as it likes, through the network as it is.</summary>
public sealed class SenderTests : IAsyncLifetime
{
    private const string Secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private const string Older = "whsec_ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";
    private const string Body = """{"id":"evt_7","object":"event","type":"stock.low","data":{"menuId":"ng’ombe"}}""";

    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    private readonly Book names = new();
    private Receiver? receiver;

    private Receiver Receiver => receiver ?? throw new InvalidOperationException("InitializeAsync comes first.");

    public async ValueTask InitializeAsync() => receiver = await Receiver.Open();

    public ValueTask DisposeAsync() => Receiver.DisposeAsync();

    [Fact]
    public async Task It_is_signed_with_each_secret_as_a_library_that_is_not_ours_verifies()
    {
        var made = await Send(To("/hook") with { Secrets = [Secret, Older] });

        Assert.Equal(new DeliveryTry(200, Error: null), made.Outcome);
        var got = Assert.Single(Receiver.All);
        Assert.Equal(("/hook", "evt_7", Body), (got.Path, got.Id, got.Body));
        Assert.Equal("application/json; charset=utf-8", got.Headers["Content-Type"]);
        Assert.Equal(2, got.Headers["webhook-signature"].Split(' ').Length);
        Assert.True(IsGenuine(Secret, got));
        Assert.True(IsGenuine(Older, got));
        Assert.False(IsGenuine("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", got));
        Assert.False(IsGenuine(Secret, got with { Body = Body + " " }));
        // Nothing of this system's own tracing goes out.
        Assert.DoesNotContain("traceparent", got.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(204, null)]
    [InlineData(301, "redirect")]
    [InlineData(307, "redirect")]
    [InlineData(400, "status")]
    [InlineData(410, "status")]
    [InlineData(500, "status")]
    public async Task A_success_is_2xx_and_nothing_else(int status, string? error)
    {
        Receiver.Answer = http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        };

        Assert.Equal(new DeliveryTry(status, error), (await Send(To("/"))).Outcome);
    }

    [Fact]
    public async Task A_redirect_leads_nowhere()
    {
        await using var inner = await Receiver.Open();
        Receiver.Answer = http =>
        {
            http.Response.Redirect(inner.Address.ToString(), permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };

        Assert.Equal("redirect", (await Send(To("/"))).Outcome.Error);
        Assert.Empty(inner.All);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_after_ten_seconds()
    {
        var asked = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        Receiver.Answer = _ =>
        {
            asked.SetResult();
            return end.Task;
        };

        var sending = Send(To("/"));
        await asked.Task;
        clock.Advance(WebhookSender.Timeout - TimeSpan.FromMilliseconds(1));
        Assert.False(sending.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));

        var made = await sending;
        Assert.Equal(new DeliveryTry(null, "timeout"), made.Outcome);
        Assert.Equal(WebhookSender.Timeout, made.Took);
        end.SetResult();
    }

    [Fact]
    public async Task A_body_without_end_is_read_for_a_kilobyte_only()
    {
        var end = new TaskCompletionSource();
        Receiver.Answer = async http =>
        {
            http.Response.StatusCode = 200;
            await http.Response.WriteAsync(new string('a', 100_000) + "\0");
            await http.Response.Body.FlushAsync();
            await end.Task;
        };

        var made = await Send(To("/"));
        Assert.Null(made.Outcome.Error);
        Assert.Equal(new string('a', 1024), made.Answer);
        end.SetResult();
    }

    [Fact]
    public async Task A_server_that_asks_for_time_is_heard()
    {
        Receiver.Answer = http =>
        {
            http.Response.StatusCode = 503;
            http.Response.Headers.RetryAfter = "120";
            return http.Response.WriteAsync("closed\0today");
        };

        var made = await Send(To("/"));
        Assert.Equal(new DeliveryTry(503, "status", TimeSpan.FromMinutes(2)), made.Outcome);
        Assert.Equal("closedtoday", made.Answer);
    }

    [Theory]
    [InlineData("10.0.0.7")]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    public async Task A_name_that_stands_for_an_inner_address_is_refused(string inner)
    {
        names.Means("shop.example", inner);
        Assert.Equal(
            new DeliveryTry(null, "address-refused"),
            (await Send(To("/") with { Url = $"http://shop.example:{Receiver.Address.Port}/" })).Outcome);
    }

    [Fact]
    public async Task One_inner_address_among_several_refuses_the_name()
    {
        names.Means("shop.example", "127.0.0.1", "10.0.0.7");
        Assert.Equal(
            "address-refused",
            (await Send(To("/") with { Url = $"http://shop.example:{Receiver.Address.Port}/" })).Outcome.Error);
        Assert.Empty(Receiver.All);
    }

    /// <summary>
    /// The name server answers each question with another address. What is checked is what is connected to: there is
    /// no second question between the two.
    /// </summary>
    [Fact]
    public async Task A_name_that_changes_between_the_check_and_the_connection_leads_nowhere_else()
    {
        Receiver.Answer = http =>
        {
            http.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        };
        names.Means("shop.example", "127.0.0.1");
        names.Then("shop.example", "10.0.0.7");
        var work = To("/") with { Url = $"http://shop.example:{Receiver.Address.Port}/" };

        Assert.Null((await Send(work)).Outcome.Error);
        Assert.Equal(1, names.Questions);
        Assert.Equal("address-refused", (await Send(work)).Outcome.Error);
        Assert.Equal(2, names.Questions);
        Assert.Single(Receiver.All);
    }

    [Fact]
    public async Task This_machine_is_refused_unless_the_setting_and_test_mode_allow_it()
    {
        using var strict = new WebhookSender(names, new WebhookSettings(), clock);
        Assert.Equal("address-refused", (await strict.Send(To("/"))).Outcome.Error);
        Assert.Equal(
            "address-refused",
            (await strict.Send(To("/") with { Url = $"https://127.0.0.1:{Receiver.Address.Port}/" })).Outcome.Error);
        Assert.Equal("address-refused", (await Send(To("/") with { LiveMode = true })).Outcome.Error);
        names.Means("shop.example", "127.0.0.1");
        Assert.Equal(
            "address-refused",
            (await Send(To("/") with
            {
                LiveMode = true,
                Url = $"https://shop.example:{Receiver.Address.Port}/",
            })).Outcome.Error);
        Assert.Empty(Receiver.All);
    }

    [Fact]
    public async Task What_is_wrong_on_the_way_is_said_in_a_word()
    {
        Assert.Equal("name-unknown", (await Send(To("/") with { Url = "http://nobody.example/" })).Outcome.Error);
        Assert.Equal(
            "tls", (await Send(To("/") with { Url = $"https://localhost:{Receiver.Address.Port}/" })).Outcome.Error);
        Assert.Equal("no-secret", (await Send(To("/") with { Secrets = [] })).Outcome.Error);
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        Assert.Equal("connection", (await Send(To("/") with { Url = $"http://127.0.0.1:{port}/" })).Outcome.Error);
    }

    /// <summary>The library looks at one signature; the specification lets several stand beside each other.</summary>
    private static bool IsGenuine(string secret, Received got) => got.Headers["webhook-signature"].Split(' ').Any(one =>
    {
        var headers = new HeaderDictionary
        {
            ["webhook-id"] = got.Id,
            ["webhook-timestamp"] = got.Headers["webhook-timestamp"],
            ["webhook-signature"] = one,
        };
        try
        {
            new StandardWebhooks.StandardWebhook(secret).Verify(got.Body, headers);
            return true;
        }
        catch (StandardWebhooks.Diagnostics.WebhookVerificationException)
        {
            return false;
        }
    });

    private async Task<WebhookTry> Send(WebhookWork work)
    {
        using var sender = new WebhookSender(names, new WebhookSettings(OwnMachine: true), clock);
        return await sender.Send(work);
    }

    private WebhookWork To(string path) => new(
        Guid.Empty, Guid.Empty, IsCallback: false, LiveMode: false, new Uri(Receiver.Address, path).ToString(), "evt_7",
        Body, Tries: 0, Attempts: 0, [Secret]);

    /// <summary>A name server. The last answer to a name is given again and again.</summary>
    private sealed class Book : INames
    {
        private readonly Dictionary<string, Queue<IPAddress[]>> entries = new() { ["localhost"] = new([[IPAddress.Loopback]]) };

        public int Questions { get; private set; }

        public void Means(string name, params string[] addresses) => entries[name] = new([Parsed(addresses)]);

        public void Then(string name, params string[] addresses) => entries[name].Enqueue(Parsed(addresses));

        public Task<IReadOnlyList<IPAddress>> Look(string name, CancellationToken cancellation)
        {
            Questions++;
            if (!entries.TryGetValue(name, out var answers)) throw new SocketException((int)SocketError.HostNotFound);
            return Task.FromResult<IReadOnlyList<IPAddress>>(answers.Count > 1 ? answers.Dequeue() : answers.Peek());
        }

        private static IPAddress[] Parsed(string[] addresses) => [.. addresses.Select(IPAddress.Parse)];
    }
}
