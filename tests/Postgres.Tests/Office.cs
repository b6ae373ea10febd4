using System.Buffers.Binary;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Access;
using JikoXpress.Postgres.Caches;
using JikoXpress.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace JikoXpress.Postgres.Tests;

/// <summary>One host's management of kitchens, on a test's database and a clock that the test moves.</summary>
internal sealed class Office : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public Office(TestDatabase database, FakeTimeProvider? clock = null, CredentialSettings? settings = null)
    {
        Clock = clock ?? Clocks.AtNoon();
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IIds, CountedIds>()
            .AddJikoPostgres(database.ConnectionString)
            .AddJikoManagement(settings ?? new CredentialSettings())
            .BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; }
    public ICatalogue Catalogue => services.GetRequiredService<ICatalogue>();
    public ICredentials Credentials => services.GetRequiredService<ICredentials>();
    public IKitchens Kitchens => services.GetRequiredService<IKitchens>();
    public IMenus Menus => services.GetRequiredService<IMenus>();
    public IStaff Staff => services.GetRequiredService<IStaff>();
    public IStaffSessions StaffSessions => services.GetRequiredService<IStaffSessions>();
    public IDevices Devices => services.GetRequiredService<IDevices>();
    public ICustomers Customers => services.GetRequiredService<ICustomers>();
    public IAccounts Accounts => services.GetRequiredService<IAccounts>();
    public IShifts Shifts => services.GetRequiredService<IShifts>();
    public IMerchants Merchants => services.GetRequiredService<IMerchants>();
    public ISettlementWallets Wallets => services.GetRequiredService<ISettlementWallets>();
    public IRegisters Registers => services.GetRequiredService<IRegisters>();
    public IPaymentLinks Links => services.GetRequiredService<IPaymentLinks>();
    public ISubscriptions Subscriptions => services.GetRequiredService<ISubscriptions>();
    public ISubscriptionWork SubscriptionWork => services.GetRequiredService<ISubscriptionWork>();
    public IOperatorKeys OperatorKeys => services.GetRequiredService<IOperatorKeys>();

    /// <summary>A kitchen with nothing in it.</summary>
    public async Task<Kitchen> Kitchen(string name = "Mama Ntilie") =>
        Done(await Kitchens.Add(new NewKitchen(name, LiveMode: false, KitchenSettings.Default), null));

    public async Task<StaffMember> Member(Guid kitchenId, StaffRole role = StaffRole.Cashier, string pin = "1234") =>
        Done(await Staff.Add(kitchenId, new NewStaffMember($"The {role}", role, pin), null));

    public async Task<PairedDevice> Device(Guid kitchenId, DeviceKind kind = DeviceKind.Pos) =>
        Done(await Devices.Pair(Done(await Devices.Invite(kitchenId, new NewDevice(kind, "Counter"))).Code));

    public async Task<Principal> Holder(string token) =>
        Assert.IsType<CredentialAnswer.Found>(await Credentials.Find(new BearerToken(token))).Principal;

    /// <summary>Begins to hear what other hosts tell.</summary>
    public async Task Listen()
    {
        foreach (var news in services.GetServices<IHostedService>().OfType<CacheInvalidation>())
            await news.StartAsync(CancellationToken.None);
    }

    public static T Done<T>(Reply<T> answer) => Assert.IsType<Reply<T>.Accepted>(answer).State;

    public static string CodeOf<T>(Reply<T> answer) => Assert.IsType<Reply<T>.Refused>(answer).Refusals[0].Code;

    public async ValueTask DisposeAsync()
    {
        foreach (var news in services.GetServices<IHostedService>().OfType<CacheInvalidation>())
            await news.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
    }

    /// <summary>
    /// Ids that come in order, shared by all offices, so that two of them on one database do not clash.
    /// </summary>
    internal sealed class CountedIds : IIds
    {
        private static long last;

        public Guid Next()
        {
            Span<byte> bytes = stackalloc byte[16];
            bytes.Clear();
            BinaryPrimitives.WriteInt64BigEndian(bytes[8..], Interlocked.Increment(ref last));
            bytes[6] = 0x70;
            bytes[8] = 0x80;
            return new Guid(bytes, bigEndian: true);
        }

        public ulong Bits() => (ulong)Interlocked.Increment(ref last);
    }
}
