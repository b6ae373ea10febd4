using System.Reflection;
using System.Text.Json.Nodes;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Ports;
using JikoXpress.WebApi.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JikoXpress.WebApi.Tests.Documentation;

/// <summary>The kitchen of the examples, where every run gives out the same ids.</summary>
internal sealed class SampleHouse : IAsyncDisposable
{
    private static readonly JsonNode Sample = JsonNode.Parse(
        File.ReadAllText(Path.Combine(Examples, "sample-kitchen.json")))!;

    private readonly House house = new(Catalogue(), services => services
        .AddSingleton<ICredentials, SampleCredentials>()
        .AddSingleton<IIds, CountedIds>()
        .AddSingleton<IAggregators, SampleAggregator>()
        // Staff are known to be of their kitchen before anybody asks for it.
        .AddSingleton(DispatchProxy.Create<IKitchens, Absent>())
        .AddSingleton<ITables, SampleTables>()
        .AddSingleton<IShifts, SampleShifts>()
        .AddSingleton<IWalletReads, SampleWallets>());

    public static string Examples =>
        Path.Combine(Repository.Root, "src", "WebApi", "Documentation", "Examples");

    private static readonly Money AppUsersBalance = new(100_000);

    public static Guid KitchenId { get; } = IdOf(Sample["kitchen"]!);

    public StillClock Clock => house.Clock;

    public static async Task<SampleHouse> Open()
    {
        var sample = new SampleHouse();
        foreach (var item in Sample["menu"]!.AsArray()) sample.house.Store.Receive(IdOf(item!), (int)item!["stock"]!);
        foreach (var customer in Sample["customers"]!.AsArray())
        {
            sample.house.Store.TopUp(
                new Account(AccountKind.KitchenWallet, IdOf(customer!)), new Money((long)customer!["balance"]!));
        }

        await sample.house.InitializeAsync();
        sample.house.Store.TopUp(
            new Account(AccountKind.PlatformWallet, await AppUser()), AppUsersBalance);
        return sample;
    }

    public HttpClient As(string token)
    {
        var client = new HttpClient { BaseAddress = house.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    /// <summary>Where an operation is.</summary>
    public (HttpMethod Method, string Path) Find(string operation)
    {
        var endpoint = house.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Single(one => one.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName == operation);
        var method = endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Single();
        return (new HttpMethod(method), (endpoint.RoutePattern.RawText ?? "").TrimEnd('/'));
    }

    public async ValueTask DisposeAsync() => await house.DisposeAsync();

    private static KitchenCatalogue Catalogue() => new(
        new Kitchen(KitchenId, (string)Sample["kitchen"]!["name"]!, LiveMode: false, KitchenSettings.Default),
        Sample["menu"]!.AsArray().ToDictionary(item => IdOf(item!), item => new MenuItem(
            IdOf(item!), (string)item!["name"]!, new Money((long)item["price"]!), (string)item["category"]!, true)),
        Sample["paymentMethods"]!.AsArray().ToDictionary(method => IdOf(method!), method => new KitchenPaymentMethod(
            IdOf(method!), (string)method!["name"]!, (string)method["provider"]!, true)));

    private static Guid IdOf(JsonNode thing) => Guid.Parse((string)thing["id"]!);

    /// <summary>The same callers as elsewhere, at work in the kitchen of the examples.</summary>
    private sealed class SampleCredentials : ICredentials
    {
        private readonly FixedCredentials everybody = new();

        public async ValueTask<CredentialAnswer> Find(BearerToken token) => await everybody.Find(token) switch
        {
            CredentialAnswer.Found({ KitchenId: not null } principal) =>
                new CredentialAnswer.Found(principal with { KitchenId = KitchenId }),
            var answer => answer,
        };
    }

    /// <summary>The guest's phone pays all that a session has asked it for.</summary>
    public async Task PayByPhone(Guid sessionId)
    {
        var grain = house.App.Services.GetRequiredService<IGrainFactory>().Session(sessionId);
        var session = (Session.Opened)(await grain.Read()).State;
        foreach (var payment in session.Payments.Where(payment => payment.Attempts is not null))
        {
            await grain.Report(new PaymentReport(
                payment.Attempts![^1].Reference, PaymentOutcome.Succeeded, Proof.Queried, payment.Amount, "TZS",
                    "SIM-1"));
        }
    }

    private static async Task<Guid> AppUser() =>
        await new FixedCredentials().Find(new BearerToken(FixedCredentials.App)) is CredentialAnswer.Found(var user)
            ? user.Id
            : throw new InvalidOperationException("An app user is among the callers.");

    /// <summary>Takes every push, and says nothing of what comes of it.</summary>
    private sealed class SampleAggregator : IAggregators
    {
        public string? AdapterFor(bool liveMode) => "simulator";

        public Task<PaymentReport> Ask(PaymentAttempt attempt) =>
            Task.FromResult(new PaymentReport(attempt.Reference, PaymentOutcome.Unknown, Proof.Queried));
    }

    private sealed class SampleWallets : IWalletReads
    {
        public Task<IReadOnlyDictionary<Guid, Money>> KitchenWallets(
            Guid kitchenId, IReadOnlyCollection<Guid> customers) =>
            Task.FromResult<IReadOnlyDictionary<Guid, Money>>(Sample["customers"]!.AsArray().ToDictionary(
                customer => IdOf(customer!), customer => new Money((long)customer!["balance"]!)));

        public Task<IReadOnlyDictionary<string, WalletAuthorization>> Authorizations(
            IReadOnlyCollection<string> codes, bool liveMode) =>
            Task.FromResult<IReadOnlyDictionary<string, WalletAuthorization>>(
                new Dictionary<string, WalletAuthorization>());

        public Task<Guid?> CustomerOf(Guid kitchenId, string phone) => Task.FromResult<Guid?>(null);
    }

    private sealed class CountedIds : IIds
    {
        private int given;
        private ulong bits;

        public Guid Next() => Guid.Parse($"0196a3c0-0000-7000-9000-{++given:D12}");

        /// <summary>No two slips have the same code.</summary>
        public ulong Bits() => 0x0123_4567_89AB_CDEF + bits++;
    }
}
