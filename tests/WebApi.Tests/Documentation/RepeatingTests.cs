using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JikoXpress.WebApi.Tests.Documentation;

/// <summary>A POST heeds an Idempotency-Key, or the document says that it does not; and what it says is true.</summary>
public sealed partial class RepeatingTests(RepeatingTests.Fixture fixture) : IClassFixture<RepeatingTests.Fixture>
{
    private const string Heeded = "idempotency-key-invalid";

    /// <summary>Of each POST of the document its id, and whether it names the header.</summary>
    public static TheoryData<string, bool> Posts =>
        new(Operations.Select(one => (Id(one.Operation), Names(one.Operation))));

    private static IEnumerable<(string Path, string Method, JsonNode Operation)> Operations =>
        DocumentedApi.Committed.Operations.Where(one => one.Method is "post");

    [Theory, MemberData(nameof(Posts))]
    public void It_names_the_header_or_says_that_it_reads_none(string id, bool names)
    {
        var says = ((string?)Find(id).Operation["description"])!.Contains(
            "Reads no `Idempotency-Key`. ", StringComparison.Ordinal);

        Assert.NotEqual(names, says);
    }

    [Theory, MemberData(nameof(Posts))]
    public async Task It_does_as_it_says(string id, bool names)
    {
        // A link is looked up before its visitor's request is read, and so is who sends webhooks.
        if (id is "openLinkSession" or "receivePaymentWebhook" or "receiveTillNotification") return;
        var (path, _, operation) = Find(id);
        using var client = new HttpClient { BaseAddress = fixture.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", CallerOf(operation));
        using var request = new HttpRequestMessage(HttpMethod.Post, Placeholder().Replace(path, ValueOf))
        {
            Content = new StringContent("{}", new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.TryAddWithoutValidation(IdempotencyKey.Header, "two words");

        using var answer = await client.SendAsync(request);

        var told = await answer.Content.ReadAsStringAsync();
        Assert.NotEqual(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.NotEqual(System.Net.HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.True(told.Contains(Heeded, StringComparison.Ordinal) == names, $"{(int)answer.StatusCode} {told}");
    }

    private static (string Path, string Method, JsonNode Operation) Find(string id) =>
        Operations.Single(one => Id(one.Operation) == id);

    private static string Id(JsonNode operation) => (string)operation["operationId"]!;

    private static bool Names(JsonNode operation) => DocumentedApi.Committed.Parameters(operation)
        .Any(parameter => (string?)parameter["name"] == IdempotencyKey.Header);

    /// <summary>One that may call it: its kind, and its role if it has one.</summary>
    private static string CallerOf(JsonNode operation) =>
        operation["security"]?.AsArray().FirstOrDefault()?.AsObject().Single() is { Key: var kind, Value: var roles }
            ? kind is "staff" ? $"{kind}.{roles?.AsArray().FirstOrDefault()}" : $"{kind}."
            : "nobody";

    private static string ValueOf(Match place) => place.Groups[1].Value switch
    {
        "kitchenId" => $"{House.KitchenId}",
        "publicToken" => Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('a', 32))).TrimEnd('='),
        "checkoutId" => "1",
        "reference" => "JX000000000000000001",
        _ => $"{House.Named(70)}",
    };

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();

    /// <summary>A house that lets everybody in, and in which nobody is asked: a key is read before.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private readonly House house = new(services =>
        {
            services.AddSingleton<ICredentials, Everybody>();
            foreach (var door in Doors) services.TryAddSingleton(door, _ => DispatchProxy.Create(door, typeof(Absent)));
        });

        public Uri Address => house.Address;

        private static IEnumerable<Type> Doors =>
            typeof(ICheckoutSessionGrain).Assembly.GetExportedTypes().Where(type => type.IsInterface);

        public ValueTask InitializeAsync() => house.InitializeAsync();

        public ValueTask DisposeAsync() => house.DisposeAsync();
    }

    /// <summary>Whoever the token says.</summary>
    private sealed class Everybody : ICredentials
    {
        public ValueTask<CredentialAnswer> Find(BearerToken token)
        {
            if (token.Text.Split('.') is not [var kind, var role]
                || !Enum.TryParse<CallerKind>(kind, ignoreCase: true, out var caller))
                return ValueTask.FromResult<CredentialAnswer>(new CredentialAnswer.Unknown());
            return ValueTask.FromResult<CredentialAnswer>(new CredentialAnswer.Found(new Principal(
                caller, House.Named(60), "Asha", House.KitchenId, House.Named(61),
                caller is CallerKind.Staff ? WireNames.Parse<StaffRole>(role) ?? StaffRole.Manager : null,
                LiveMode: false, KeyRequired: false,
                Kitchens: [House.KitchenId], Scopes: caller is CallerKind.Merchant ? MerchantRules.Scopes : null,
                KeyId: House.Named(62))));
        }
    }
}
