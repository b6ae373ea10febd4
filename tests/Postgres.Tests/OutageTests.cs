using System.Net;
using System.Net.Sockets;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Access;
using Microsoft.Extensions.DependencyInjection;

namespace JikoXpress.Postgres.Tests;

/// <summary>
/// What grains read, while no database is there. Between silos a driver's exception loses its kind, so none may leave
/// a grain: the caller would be told of an internal error for an outage.
/// </summary>
public sealed class OutageTests : IAsyncLifetime
{
    private static readonly Guid Id = new("b6a9d7f2-4a0e-4f0c-9c1d-6a1f4f1c2d3e");
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    private static readonly Dictionary<string, Func<IServiceProvider, Task>> Reads = new()
    {
        ["a state"] = Of<IStateReads>(reads => reads.Load(GrainKind.Session, Id)),
        ["an answer"] = Of<IStateReads>(reads => reads.Answered(Id)),
        ["the stock"] = Of<IStockReads>(reads => reads.Load(Id, DateOnly.FromDateTime(Now.Date), [])),
        ["a kitchen"] = Of<ICatalogue>(catalogue => catalogue.Kitchen(Id).AsTask()),
        ["the kitchen of an item"] = Of<ICatalogue>(catalogue => catalogue.KitchenOf(Id).AsTask()),
        ["wallets"] = Of<IWalletReads>(wallets => wallets.KitchenWallets(Id, [Id])),
        ["authorizations"] = Of<IWalletReads>(wallets => wallets.Authorizations(["482915"], liveMode: false)),
        ["a customer"] = Of<IWalletReads>(wallets => wallets.CustomerOf(Id, "+255712345678")),
        ["a shift"] = Of<IPaymentShifts>(shifts => shifts.ShiftOf(Id, Id, Id)),
        ["a refund"] = Of<IRefundReads>(refunds => refunds.IsRefused("R1")),
        ["a drawer"] = Of<IRefundReads>(refunds => refunds.Drawer(Id, Id)),
        ["deadlines that have come"] = Of<IDeadlines>(deadlines => deadlines.Due(Now, 10)),
        ["a kitchen's deadlines that have come"] = Of<IDeadlines>(deadlines => deadlines.Due(Id, Now, 10)),
        ["a kitchen's deadlines"] = Of<IDeadlines>(deadlines => deadlines.Upcoming(Id)),
        ["a till's receipts"] = Of<IChannelReceipts>(receipts => receipts.Known([new TillReceipt("till", "R1")])),
        ["an attempt"] = Of<IAttempts>(attempts => attempts.Find("JX1")),
        ["whose a receipt is"] = Of<IReceipts>(receipts => receipts.Claim("pawapay", "R1", "JX1", Now)),
        ["a kitchen's own accounts"] = Of<IStoredAccounts>(accounts => accounts.All()),
        ["a payment link"] = Of<IPaymentLinkReads>(links => links.Find(Id)),
        ["a register"] = Of<IRegisterReads>(registers => registers.Find(Id, 1)),
    };

    private ServiceProvider? services;

    public static TheoryData<string> Names => [.. Reads.Keys];

    public ValueTask InitializeAsync()
    {
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IIds, Office.CountedIds>()
            .AddJikoPostgres($"Host=127.0.0.1;Port={ClosedPort()};Username=nobody;Database=none;Timeout=5")
            .AddJikoManagement(new CredentialSettings())
            .AddJikoPaymentAccounts(certificate: null, new(Simulator: null, []))
            .BuildServiceProvider();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (services is not null) await services.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_grain_hears_that_the_store_is_away(string what)
    {
        Assert.NotNull(services);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Reads[what](services));
    }

    private static Func<IServiceProvider, Task> Of<TPort>(Func<TPort, Task> read) where TPort : notnull =>
        services => read(services.GetRequiredService<TPort>());

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
