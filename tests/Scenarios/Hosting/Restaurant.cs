using System.Collections.Concurrent;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Scenarios.Vocabulary;
using JikoXpress.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JikoXpress.Scenarios.Hosting;

/// <summary>
/// A restaurant in business: a database of its own, the product running on it, a kitchen with staff, kiosk, menu and
/// guests, and a second kitchen that must never notice the first.
/// </summary>
public sealed class Restaurant : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> faults = [];
    private readonly List<RunningHost> branches = [];
    private RunningHost? host;
    private TestKitchen? kitchen;
    private TestKitchen? neighbour;
    private Caller? appUser;

    public Restaurant()
        : this(Clocks.AtNoon())
    {
    }

    internal Restaurant(FakeTimeProvider clock) => Clock = clock;

    /// <summary>What its hosts have otherwise.</summary>
    internal Action<WebApplicationBuilder>? Adjust { get; init; }

    public TestDatabase Database { get; } = new();

    public FakeTimeProvider Clock { get; }

    public RunningHost Host => host ?? throw NotOpen;

    /// <summary>That one, and those that were started beside it.</summary>
    public IReadOnlyList<RunningHost> Hosts => [Host, .. branches];

    public TestKitchen Kitchen => kitchen ?? throw NotOpen;

    /// <summary>Another kitchen on the same system, with the same menu and staff of its own.</summary>
    public TestKitchen Neighbour => neighbour ?? throw NotOpen;

    /// <summary>A user of the app, with nothing on the balance.</summary>
    public Caller AppUser => appUser ?? throw NotOpen;

    public Caller Stranger => new(this, token: null);

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        host = await StartHost();
        kitchen = await TestKitchen.Open(this, "Mama Fatuma");
        neighbour = await TestKitchen.Open(this, "Samaki Samaki");
        appUser = await SignUp();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var branch in branches) await branch.DisposeAsync();
        if (host is not null) await host.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Starts one more host on the same database.</summary>
    public async Task<RunningHost> OpenBranch()
    {
        var branch = await StartHost();
        branches.Add(branch);
        return branch;
    }

    public async Task RestartHost()
    {
        await Host.DisposeAsync();
        host = await StartHost();
    }

    /// <summary>Lets time pass, and the product end what is due by then.</summary>
    public async Task Pass(TimeSpan time)
    {
        Clock.Advance(time);
        await Host.Sweep();
    }

    /// <summary>
    /// A day later the staff of both kitchens signs in anew: sessions of staff end after hours, and who else shares
    /// this restaurant works on.
    /// </summary>
    public async Task NextDay()
    {
        await Pass(24.Hours);
        await Kitchen.BeginShift();
        await Neighbour.BeginShift();
    }

    /// <summary>A moment from now, as JSON writes it.</summary>
    public string In(TimeSpan time) => $"{Clock.GetUtcNow() + time:O}";

    /// <summary>
    /// What must hold after whatever happened: all laws of conservation, and no answer that blames the server.
    /// </summary>
    public async Task MustBalance()
    {
        Assert.Empty(faults);
        Assert.Empty(await Host.Services.GetRequiredService<IBooks>().Conservation());
    }

    /// <summary>Who runs the platform.</summary>
    public async Task<Caller> Operator()
    {
        var key = await Host.Services.GetRequiredService<IOperatorKeys>().Add("Test");
        return new Caller(this, TestKitchen.Done(key).Token);
    }

    private async Task<Caller> SignUp()
    {
        var accounts = Host.Services.GetRequiredService<IAccounts>();
        var account = await accounts.Add(new NewAccount("Rehema", "+255754000111", LiveMode: false), null);
        var token = await accounts.IssueToken(TestKitchen.Done(account).Account.Id);
        return new Caller(this, TestKitchen.Done(token).Token);
    }

    private Task<RunningHost> StartHost() => RunningHost.Start(Database.ConnectionString, Clock, faults, Adjust);

    private static InvalidOperationException NotOpen => new("InitializeAsync comes first.");
}
