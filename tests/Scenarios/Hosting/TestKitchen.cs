using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Postgres.Catalogue;
using JikoXpress.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Sdk;
using Caller = JikoXpress.Scenarios.Vocabulary.Caller;
using DomainCaller = JikoXpress.Domain.Caller;

namespace JikoXpress.Scenarios.Hosting;

/// <summary>
/// One kitchen, set up as its owner would: menu, staff who have signed in at a till, a kiosk, ways to pay.
/// </summary>
public sealed class TestKitchen
{
    private const string Pin = "274951";

    private readonly Restaurant restaurant;
    private readonly Dictionary<StaffRole, List<int>> staffNumbers = [];
    public Guid TillId { get; private set; }
    private int guests;

    private TestKitchen(Restaurant restaurant, Guid id) => (this.restaurant, Id) = (restaurant, id);

    public Guid Id { get; }

    /// <summary>5000 shillings.</summary>
    public Guid Pilau { get; private set; }

    /// <summary>3000 shillings.</summary>
    public Guid Nyama { get; private set; }

    /// <summary>2500 shillings.</summary>
    public Guid Mishkaki { get; private set; }

    /// <summary>2000 shillings.</summary>
    public Guid Chipsi { get; private set; }

    /// <summary>1000 shillings.</summary>
    public Guid Chai { get; private set; }

    /// <summary>A dish that the kitchen has switched off; 4000 shillings.</summary>
    public Guid Ugali { get; private set; }

    /// <summary>A way to pay of the kitchen's own.</summary>
    public Guid LipaVoda { get; private set; }

    public Caller Cashier { get; private set; } = null!;
    public Caller SecondCashier { get; private set; } = null!;
    public Caller Manager { get; private set; } = null!;

    /// <summary>Staff in the role KITCHEN.</summary>
    public Caller Cook { get; private set; } = null!;

    public Caller Kiosk { get; private set; } = null!;

    public static async Task<TestKitchen> Open(Restaurant restaurant, string name, KitchenSettings? settings = null)
    {
        var services = restaurant.Host.Services;
        var made = Done(await services.GetRequiredService<IKitchens>()
            .Add(new NewKitchen(name, LiveMode: false, settings ?? KitchenSettings.Default), null));
        var kitchen = new TestKitchen(restaurant, made.Id);
        await kitchen.WriteMenu(services.GetRequiredService<IMenus>());
        await kitchen.HireStaff(services);
        await kitchen.BeginShift();
        return kitchen;
    }

    /// <summary>Everybody signs in at the till.</summary>
    public async Task BeginShift()
    {
        Manager = await SignedIn(staffNumbers[StaffRole.Manager][0]);
        Cashier = await SignedIn(staffNumbers[StaffRole.Cashier][0]);
        SecondCashier = await SignedIn(staffNumbers[StaffRole.Cashier][1]);
        Cook = await SignedIn(staffNumbers[StaffRole.Kitchen][0]);
    }

    /// <summary>A guest whom the kitchen knows, with this much on the prepaid balance.</summary>
    public async Task<Guid> Guest(long balance)
    {
        var customers = restaurant.Host.Services.GetRequiredService<ICustomers>();
        var phone = $"+25571{Interlocked.Increment(ref guests):D7}";
        var guest = Done(await customers.Add(Id, new NewCustomer("Mama Fatuma", phone), null)).Customer.Id;
        if (balance > 0)
        {
            var topUp = new TopUp(PaymentMethod.Cash, new Money(balance));
            Done(await customers.TopUp(Id, guest, topUp, new DomainCaller(CallerKind.Staff, Id, Id), null));
        }

        return guest;
    }

    /// <summary>What a guest's prepaid balance has free, and what it holds for sessions that wait.</summary>
    public async Task<(long Available, long Held)> WalletOf(Guid guest)
    {
        var wallet = Done(await restaurant.Host.Services.GetRequiredService<ICustomers>().Find(Id, guest)).Wallet;
        return (wallet.Available.Shillings, wallet.Held.Shillings);
    }

    /// <summary>Items come in; from then on the dish is counted.</summary>
    public async Task Receive(Guid dish, int items)
    {
        var adjustment = new StockAdjustment(
            Guid.NewGuid(), dish, StockAdjustmentKind.Receipt, items, Reason: null, Id, restaurant.Clock.GetUtcNow());
        CatalogueNews.Send(restaurant.Host.Services.GetRequiredService<CatalogueChanges>());
        var grains = restaurant.Host.Services.GetRequiredService<IGrainFactory>();
        var reply = await grains.Inventory(Id).Adjust(adjustment, null);
        Assert.IsType<Reply<Domain.Inventory.StockLevel>.Accepted>(reply);
    }

    public async Task<Guid> AddDish(string name, long price, bool available = true) => Done(
        await restaurant.Host.Services.GetRequiredService<IMenus>()
            .Add(Id, new NewMenuItem(name, new Money(price), "Food", available), null)).Id;

    private async Task WriteMenu(IMenus menus)
    {
        Pilau = await AddDish("Pilau", 5000);
        Nyama = await AddDish("Nyama choma", 3000);
        Mishkaki = await AddDish("Mishkaki", 2500);
        Chipsi = await AddDish("Chipsi", 2000);
        Chai = await AddDish("Chai", 1000);
        Ugali = await AddDish("Ugali", 4000, available: false);
        LipaVoda = Done(await menus.Add(Id, new NewPaymentMethod("Lipa Voda", "VODACOM"), null)).Id;
    }

    private async Task HireStaff(IServiceProvider services)
    {
        var devices = services.GetRequiredService<IDevices>();
        TillId = (await Pair(devices, DeviceKind.Pos, "Till 1")).Device.Id;
        Kiosk = new Caller(restaurant, (await Pair(devices, DeviceKind.Kiosk, "Kiosk 1")).Token);
        var staff = services.GetRequiredService<IStaff>();
        await Hire(staff, "Neema", StaffRole.Manager);
        await Hire(staff, "Juma", StaffRole.Cashier);
        await Hire(staff, "Amina", StaffRole.Cashier);
        await Hire(staff, "Baraka", StaffRole.Kitchen);
    }

    private async Task<PairedDevice> Pair(IDevices devices, DeviceKind kind, string name) =>
        Done(await devices.Pair(Done(await devices.Invite(Id, new NewDevice(kind, name))).Code));

    private async Task Hire(IStaff staff, string name, StaffRole role)
    {
        var member = Done(await staff.Add(Id, new NewStaffMember(name, role, Pin), null));
        staffNumbers[role] = [.. staffNumbers.GetValueOrDefault(role, []), member.StaffNumber];
    }

    private async Task<Caller> SignedIn(int staffNumber)
    {
        var sessions = restaurant.Host.Services.GetRequiredService<IStaffSessions>();
        var signIn = await sessions.Begin(Id, TillId, staffNumber, Pin);
        return new Caller(restaurant, Assert.IsType<SignIn.Welcome>(signIn).Token);
    }

    internal static T Done<T>(Reply<T> outcome) =>
        outcome is Reply<T>.Accepted(var done, _, _) ? done : throw new XunitException($"Not done: {outcome}");
}
