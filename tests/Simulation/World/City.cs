using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Ports;
using JikoXpress.Simulation.Clients;
using JikoXpress.Simulation.Schedule;
using JikoXpress.Testing.Memory;

namespace JikoXpress.Simulation.World;

/// <summary>The kitchens of a run with their dishes, people and wallets: few items, and short times to pay.</summary>
internal sealed class City : ICatalogue
{
    private const int MostKitchens = 3;
    private const int Codes = 8;

    private readonly Dictionary<Guid, CityKitchen> kitchens;
    private readonly Dictionary<string, WalletAuthorization> codes = [];

    public City(Dice dice, SeededIds ids)
    {
        kitchens = Enumerable.Range(1, dice.Between(1, MostKitchens))
            .Select(number => new CityKitchen(number, dice, ids))
            .ToDictionary(kitchen => kitchen.Id);
        Merchant = new Caller(CallerKind.Merchant, ids.Next());
        AppUsers = [.. Enumerable.Range(0, 2).Select(_ => ids.Next())];
        for (var number = 1; number <= Codes; number++)
        {
            codes.Add($"CODE{number:D4}", new WalletAuthorization(
                ids.Next(), dice.Pick(AppUsers), dice.Chance(0.5) ? new Money(9_000) : null));
        }
    }

    public IReadOnlyCollection<CityKitchen> Kitchens => kitchens.Values;

    public IReadOnlyList<Guid> AppUsers { get; }

    /// <summary>Who sells over the internet in the name of all kitchens.</summary>
    public Caller Merchant { get; }

    /// <summary>The links that are on posters of the city.</summary>
    public IReadOnlyList<Guid> Links { get; private set; } = [];

    public CityKitchen Of(Guid kitchenId) => kitchens[kitchenId];

    public Money PriceOf(Guid menuId) => kitchens.Values
        .SelectMany(kitchen => kitchen.Dishes)
        .First(dish => dish.Id == menuId)
        .Price;

    /// <summary>What app users show at tills; few of them, so that two tills are shown the same.</summary>
    public IReadOnlyCollection<string> ShownCodes => codes.Keys;

    public IReadOnlyDictionary<string, WalletAuthorization> GoodFor(
        IReadOnlyCollection<string> shown, MemoryDatabase rows) => shown
        .Distinct()
        .Where(code => codes.TryGetValue(code, out var known) && !rows.Uses.ContainsKey(known.Id))
        .ToDictionary(code => code, code => codes[code]);

    public Guid? CustomerOf(Guid kitchenId, string phone) =>
        kitchens[kitchenId].CustomersByPhone.TryGetValue(phone, out var customer) ? customer : null;

    public ValueTask<KitchenCatalogue?> Kitchen(Guid kitchenId) =>
        ValueTask.FromResult(kitchens.GetValueOrDefault(kitchenId)?.Catalogue);

    public ValueTask<Guid?> KitchenOf(Guid menuId) => ValueTask.FromResult(kitchens.Values
        .Where(kitchen => kitchen.Catalogue.Menu.ContainsKey(menuId))
        .Select(kitchen => (Guid?)kitchen.Id)
        .FirstOrDefault());

    /// <summary>What stands on the shelves and on the wallets before the first guest comes.</summary>
    public void Stock(MemoryDatabase database, Dice dice, SeededIds ids, DateTimeOffset now)
    {
        foreach (var kitchen in Kitchens)
        {
            var version = 0;
            foreach (var dish in kitchen.Scarce)
            {
                var delivery = new StockAdjustment(
                    ids.Next(), dish.Id, StockAdjustmentKind.Receipt, dice.Between(3, 15), "opening",
                    kitchen.Cashier.Id, now);
                database.Commit(new GrainCommit(
                    GrainKind.Inventory, kitchen.Id, kitchen.Id, version++,
                    StateJson.Write(Domain.Inventory.StockAnnouncements.Initial), Row: null,
                    [new Effect.AdjustStock(kitchen.Id, delivery)], Operation: null, now));
            }

            foreach (var customer in kitchen.Customers)
            {
                TopUp(database, now, WalletRules.Movement(
                    ids.Next(), kitchen.Id, customer,
                    new TopUp(PaymentMethod.Cash, new Money(dice.Between(0, 40) * 500), null),
                    kitchen.Cashier.DeviceId));
            }
        }

        foreach (var user in AppUsers)
            TopUp(database, now, WalletRules.PlatformMovement(ids.Next(), user, new Money(dice.Between(0, 40) * 500)));
    }

    /// <summary>Each kitchen has a link or two, mostly with few places.</summary>
    public void Post(MemoryDatabase database, Dice dice, SeededIds ids, DateTimeOffset now)
    {
        foreach (var kitchen in Kitchens)
        {
            for (var left = dice.Between(1, 2); left > 0; left--)
            {
                var isOpen = dice.Chance(0.3);
                database.AddLink(new PaymentLink(
                    ids.Next(), Merchant.Id, kitchen.Id, LiveMode: false, "TZS", $"{ids.Next():N}"[..22],
                    new LinkTerms(
                        isOpen ? null : new Money(dice.Between(1, 9) * 1_000),
                        isOpen ? new OpenAmount(new Money(500), new Money(20_000)) : null,
                        MostPayments: dice.Chance(0.8) ? dice.Between(1, 3) : null,
                        ExpiresAt: dice.Chance(0.2) ? now + TimeSpan.FromMinutes(dice.Between(2, 20)) : null,
                        SessionSeconds: dice.Between(60, 900)),
                    Active: true, new LinkUse(Open: 0, Paid: 0), now));
            }
        }

        Links = [.. database.Links.Keys];
    }

    private static void TopUp(MemoryDatabase database, DateTimeOffset now, LedgerTransfer movement)
    {
        if (movement.Amount == Money.Zero) return;
        database.Commit(new GrainCommit(
            GrainKind.None, movement.PaymentId, movement.KitchenId, 0, "{}", Row: null, [new Effect.Transfer(movement)],
            Operation: null, now));
    }
}

internal sealed class CityKitchen
{
    public CityKitchen(int number, Dice dice, SeededIds ids)
    {
        Id = ids.Next();
        var cashier = ids.Next();
        Cashier = new Caller(CallerKind.Staff, cashier, Id, ids.Next());
        var kiosk = ids.Next();
        Kiosk = new Caller(CallerKind.Kiosk, kiosk, Id, kiosk);
        Bot = new Caller(CallerKind.Bot, ids.Next());
        CustomersByPhone = Purse.Phones.Take(2).ToDictionary(phone => phone, _ => ids.Next());
        Channel = ids.Next();
        Dishes =
        [
            .. Enumerable.Range(1, 4).Select(dish =>
                new MenuItem(ids.Next(), $"Dish {dish}", new Money(dish * 1_500), "Food", Available: true)),
        ];
        Scarce = [.. Dishes.Take(dice.Between(1, 3))];
        Catalogue = new KitchenCatalogue(
            new Kitchen(Id, $"Kitchen {number}", LiveMode: false, KitchenSettings.Default with
            {
                PaymentTimeout = TimeSpan.FromMinutes(dice.Between(1, 5)),
                SlipTimeout = TimeSpan.FromMinutes(dice.Between(2, 15)),
                LowStockThreshold = dice.Between(0, 5),
                AllowPartPayments = dice.Chance(0.8),
                ApprovalTimeoutSeconds = dice.Between(60, 600),
                UnansweredOrders = dice.Pick(UnansweredOrders.Approve, UnansweredOrders.Reject),
                LatePayments = dice.Pick(
                    LatePaymentPolicy.Refund, LatePaymentPolicy.Refund, LatePaymentPolicy.CreditKitchenWallet,
                    LatePaymentPolicy.Manual),
            }, dice.Chance(0.6) ? new CommissionRates(App: 1_500, Whatsapp: 750, Hosted: 333) : default),
            Dishes.ToDictionary(dish => dish.Id),
            new Dictionary<Guid, KitchenPaymentMethod>
            {
                [Channel] = new(Channel, "Lipa number", "M-Pesa", Active: true),
            });
    }

    public Guid Id { get; }
    public Caller Cashier { get; }
    public Caller Kiosk { get; }
    public Caller Bot { get; }
    public IReadOnlyDictionary<string, Guid> CustomersByPhone { get; }
    public IReadOnlyList<Guid> Customers => [.. CustomersByPhone.Values];
    public Guid Channel { get; }
    public IReadOnlyList<MenuItem> Dishes { get; }

    /// <summary>Those whose items are counted; the others are always sellable.</summary>
    public IReadOnlyList<MenuItem> Scarce { get; }

    public KitchenCatalogue Catalogue { get; }
}
