using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.WebApi.Tests.Documentation;
using JikoXpress.WebApi.Tests.Hosting;
using JikoXpress.WebApi.Tests.Sessions;
using Microsoft.Extensions.DependencyInjection;
using static JikoXpress.WebApi.Tests.Hosting.FixedCredentials;

namespace JikoXpress.WebApi.Tests.Answers;

public sealed class CompressionTests : IAsyncLifetime
{
    private readonly House house = new(services => services.AddSingleton<ITables, SampleTables>());

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task An_answer_is_compressed_as_the_caller_accepts_it_and_is_the_same_answer(string encoding)
    {
        for (var i = 0; i < 10; i++) await house.As(Cashier).Opened(Bodies.CashSale());
        var plain = await house.As(Cashier).GetAsync(Bodies.SessionsPath);

        var packed = await Get(Bodies.SessionsPath, encoding);

        Assert.Equal([encoding], packed.Content.Headers.ContentEncoding);
        Assert.Equal(["Authorization", "Accept-Encoding"], packed.Headers.Vary);
        var bytes = await packed.Content.ReadAsByteArrayAsync();
        Assert.Equal(await plain.Content.ReadAsStringAsync(), Unpacked(bytes, encoding));
        Assert.InRange(bytes.Length, 1, (await plain.Content.ReadAsByteArrayAsync()).Length / 4);
    }

    [Fact]
    public async Task Who_accepts_no_compression_gets_none()
    {
        var plain = await house.As(Cashier).GetAsync(Bodies.SessionsPath);

        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.NotNull(plain.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_compressed_problem_is_a_problem()
    {
        var problem = await Get($"{Bodies.SessionsPath}/{Guid.NewGuid()}", "gzip");

        Assert.Equal(HttpStatusCode.NotFound, problem.StatusCode);
        Assert.Equal("application/problem+json", problem.Content.Headers.ContentType?.MediaType);
        var json = JsonNode.Parse(Unpacked(await problem.Content.ReadAsByteArrayAsync(), "gzip"));
        Assert.Equal("not-found", (string?)json?["code"]);
    }

    /// <summary>RFC 9110, section 8.8.3: a strong tag names the bytes, and these are others.</summary>
    [Fact]
    public async Task The_compressed_form_has_a_tag_of_its_own_and_both_are_known()
    {
        var path = $"{Bodies.SessionsPath}/{(string?)(await house.As(Cashier).Opened(Bodies.Slip()))["id"]}";
        var plain = (await house.As(Cashier).GetAsync(path)).Headers.ETag!.Tag;

        var packed = (await Get(path, "gzip")).Headers.ETag!.Tag;

        Assert.Equal($"{plain[..^1]}-gzip\"", packed);
        foreach (var known in (string[])[plain, packed])
        {
            var unchanged = await Get(path, "gzip", "If-None-Match", known);
            Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
            Assert.Equal(known, unchanged.Headers.ETag?.Tag);
        }

        Assert.Equal(HttpStatusCode.OK, (await Get(path, "gzip", "If-None-Match", "\"9.9-gzip\"")).StatusCode);
    }

    [Theory]
    [InlineData("gzip", "200")]
    [InlineData("br", "200")]
    [InlineData("none", "412 version-mismatch")]
    public async Task A_change_may_name_what_was_read_compressed(string encoding, string told)
    {
        var path = $"{Bodies.SessionsPath}/{(string?)(await house.As(Cashier).Opened(Bodies.Slip()))["id"]}";
        var read = encoding is "none" ? "\"9.9-gzip\"" : (await Get(path, encoding)).Headers.ETag!.Tag;
        using var cancel = new HttpRequestMessage(HttpMethod.Post, $"{path}/cancel");
        cancel.Headers.Add("If-Match", read);

        Assert.Equal(told, await house.As(Cashier).SendAsync(cancel).Told());
    }

    /// <summary>Sizes of compressed answers tell something of what is in them.</summary>
    [Fact]
    public async Task An_answer_with_a_secret_is_not_compressed()
    {
        using var visit = new HttpRequestMessage(HttpMethod.Post, "/api/v1/table-visits")
        {
            Content = new StringContent(
                """{"code":"0196A3C000007000800000000000040A.9F1C07D35B8E4A62C1D40E7788B3AA05"}""", Encoding.UTF8,
                "application/json"),
        };
        visit.Headers.Add("Accept-Encoding", "gzip, br");
        using var phone = new HttpClient { BaseAddress = house.Address };

        var answer = await phone.SendAsync(visit);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Contains("jx_table_", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task An_event_leaves_at_once_and_as_it_is()
    {
        using var request = Request($"/api/v1/kitchens/{House.KitchenId}/tickets/stream", "gzip, br");
        using var screen = house.As(Cook);
        using var stream = await screen.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());

        Assert.Equal("retry: 2000", await reader.ReadLineAsync());
        await house.As(Cashier).Opened(Bodies.CashSale());
        string? line;
        do line = await reader.ReadLineAsync();
        while (line is not null && !line.StartsWith("event:", StringComparison.Ordinal));

        Assert.Equal("event: ticket.created", line);
        Assert.Empty(stream.Content.Headers.ContentEncoding);
    }

    private async Task<HttpResponseMessage> Get(string path, string encoding, string? header = null, string value = "")
    {
        using var client = new HttpClient { BaseAddress = house.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Cashier);
        using var request = Request(path, encoding);
        if (header is not null) request.Headers.Add(header, value);
        return await client.SendAsync(request);
    }

    private static HttpRequestMessage Request(string path, string encoding)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", encoding);
        return request;
    }

    private static string Unpacked(byte[] bytes, string encoding)
    {
        using var packed = new MemoryStream(bytes);
        using Stream unpacked = encoding is "br"
            ? new BrotliStream(packed, CompressionMode.Decompress)
            : new GZipStream(packed, CompressionMode.Decompress);
        using var text = new StreamReader(unpacked);
        return text.ReadToEnd();
    }
}
