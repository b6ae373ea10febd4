using System.Security.Cryptography;
using System.Text;
using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;

namespace JikoXpress.WebApi.Demo;

/// <summary>
/// Sets up the demo through the same services that a manager uses. Each step has its own operation, so that an
/// interrupted set-up continues where it stopped.
/// </summary>
internal sealed class DemoSetup(
    IKitchens kitchens, IMenus menus, IStaff staff, IDevices devices, ITables tables, ICustomers customers,
    IAccounts accounts, IBotKeys botKeys, IMerchants merchants, IOperatorKeys operatorKeys, IGrainFactory grains,
    TimeProvider clock)
{
    private static readonly Caller Platform = new(CallerKind.Operator, Guid.Empty);

    public async Task<DemoSecrets> Run()
    {
        var opened = new List<DemoKitchenSecrets>();
        foreach (var kitchen in DemoKitchens.All) opened.Add(await Open(kitchen));
        var account = await SignUp(DemoKitchens.AppUser);
        var bots = opened.Select(kitchen => kitchen.Id).ToSequence();
        var bot = Done(await botKeys.Add(new BotKeyPlan("WhatsApp", bots)));
        return new DemoSecrets(
            opened, [account], Done(await operatorKeys.Add("Demo")).Token, new DemoToken(bot.Key.Id, bot.Token),
            await OpenShop(opened[0].Id));
    }

    /// <summary>A merchant in test mode, whose only store is the first kitchen.</summary>
    private async Task<DemoToken> OpenShop(Guid store)
    {
        var merchant = Done(await merchants.Add(new MerchantPlan("Duka la Demo", [store]), Once("merchant")));
        var key = Done(await merchants.AddKey(merchant.Id, new MerchantKeyPlan("Web shop")));
        return new DemoToken(merchant.Id, key.Token);
    }

    private async Task<DemoKitchenSecrets> Open(DemoKitchen demo)
    {
        var plan = new NewKitchen(demo.Name, LiveMode: false, KitchenSettings.Default);
        var kitchen = Done(await kitchens.Add(plan, Once(demo.Name)));
        foreach (var method in demo.PaymentMethods)
            Done(await menus.Add(kitchen.Id, method, Once(demo.Name, method.Name)));

        foreach (var number in demo.Tables)
            Done(await tables.Add(kitchen.Id, number, Once(demo.Name, "table", number)));

        var paired = new List<PairedDevice>();
        foreach (var device in demo.Devices)
            paired.Add(Done(await devices.Pair(Done(await devices.Invite(kitchen.Id, device)).Code)));

        var hired = new List<DemoStaffSecret>();
        foreach (var member in demo.Staff)
        {
            var added = Done(await staff.Add(kitchen.Id, member, Once(demo.Name, member.Name)));
            hired.Add(new DemoStaffSecret(added.Id, added.StaffNumber, member.Pin, Token: null, ExpiresAt: null));
        }

        var cashier = new Caller(CallerKind.Staff, hired[0].Id, kitchen.Id, paired[0].Device.Id);
        foreach (var dish in demo.Menu) await PutOn(demo, kitchen.Id, dish, cashier);
        var known = new List<Guid>();
        foreach (var guest in demo.Guests) known.Add(await Meet(demo, kitchen.Id, guest, cashier));
        return new DemoKitchenSecrets(
            kitchen.Id, hired, [.. paired.Select(device => new DemoToken(device.Device.Id, device.Token))], known);
    }

    private async Task PutOn(DemoKitchen demo, Guid kitchenId, DemoDish dish, Caller by)
    {
        var item = new NewMenuItem(dish.Name, new Money(dish.Price), dish.Category);
        var added = Done(await menus.Add(kitchenId, item, Once(demo.Name, dish.Name)));
        if (dish.Items is not { } items) return;

        var once = Once(demo.Name, dish.Name, "plates");
        var count = new StockAdjustment(
            once.Id, added.Id, StockAdjustmentKind.Count, items, Reason: null, by.Id, clock.GetUtcNow());
        if (await grains.Inventory(kitchenId).Adjust(count, once) is Reply<StockLevel>.Refused(var refusals))
            throw Unexpected(refusals);
    }

    private async Task<Guid> Meet(DemoKitchen demo, Guid kitchenId, DemoGuest guest, Caller by)
    {
        var customer = new NewCustomer(guest.Name, guest.Phone);
        var added = Done(await customers.Add(kitchenId, customer, Once(demo.Name, guest.Name))).Customer;
        var topUp = new TopUp(PaymentMethod.Cash, new Money(guest.Balance));
        Done(await customers.TopUp(kitchenId, added.Id, topUp, by, Once(demo.Name, guest.Name, "top-up")));
        return added.Id;
    }

    private async Task<DemoToken> SignUp(DemoGuest user)
    {
        var account = new NewAccount(user.Name, user.Phone, LiveMode: false);
        var added = Done(await accounts.Add(account, Once("account", user.Name))).Account;
        Done(await accounts.TopUp(added.Id, new Money(user.Balance), Platform, Once("account", user.Name, "top-up")));
        return new DemoToken(added.Id, Done(await accounts.IssueToken(added.Id)).Token);
    }

    /// <summary>The operation of one step of the set-up; it is the same in every run.</summary>
    private static Operation Once(params ReadOnlySpan<string> names)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"demo\n{string.Join('\n', names)}"));
        return new Operation(new Guid(hash.AsSpan(0, 16)), new Guid(hash.AsSpan(16)));
    }

    private static T Done<T>(Reply<T> reply) => reply switch
    {
        Reply<T>.Accepted(var value, _, _) => value,
        Reply<T>.Refused(var refusals) => throw Unexpected(refusals),
        _ => throw new InvalidOperationException("A reply must be accepted or refused."),
    };

    private static InvalidOperationException Unexpected(Sequence<Refusal> refusals) =>
        new($"The demo keeps all rules, and yet: {refusals[0].Code}. {refusals[0].Sentence}");
}
