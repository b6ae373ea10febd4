using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Simulation.Schedule;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Clients;

/// <summary>How people pay a cashier: with one thing, or with two or three.</summary>
internal static class Purse
{
    /// <summary>Few phones, so that some of them are customers', and some ring for somebody else.</summary>
    public static IReadOnlyList<string> Phones { get; } =
        [.. Enumerable.Range(1, 5).Select(number => $"+25570000000{number}")];

    /// <summary>Mostly one that nobody else has: a phone rings for one payment at a time.</summary>
    public static string Phone(Dice dice) =>
        dice.Chance(0.3) ? dice.Pick(Phones) : $"+2557100{dice.Below(100_000):D5}";

    public static Sequence<PaymentRequest> AtTheTill(Guest guest, CityKitchen kitchen, Money total)
    {
        var parts = guest.Dice.Below(10) switch { < 6 => 1, < 9 => 2, _ => 3 };
        var payments = new List<PaymentRequest>();
        var left = total;
        for (var part = parts; part > 0; part--)
        {
            var amount = part == 1 ? left : new Money(Math.Max(1, left.Shillings / part));
            payments.Add(Payment(guest, kitchen, amount));
            left -= amount;
        }

        return payments.ToSequence();
    }

    /// <summary>By one phone, or half of it by another one.</summary>
    public static Sequence<PaymentRequest> ByPhones(Guest guest, Money total)
    {
        var half = new Money(total.Shillings / 2);
        var whole = new PaymentRequest(PaymentMethod.MobileMoney, total, PhoneNumber: Phone(guest.Dice));
        return guest.Dice.Chance(0.7)
            ? [whole]
            : [whole with { Amount = half }, whole with { Amount = total - half, PhoneNumber = Phone(guest.Dice) }];
    }

    /// <summary>How users of the app pay: from their balance, by phone, or half by each.</summary>
    public static Sequence<PaymentRequest> InTheApp(Guest guest, Money total)
    {
        var half = new Money(total.Shillings / 2);
        PaymentRequest ByPhone(Money amount) =>
            new(PaymentMethod.MobileMoney, amount, PhoneNumber: Phone(guest.Dice));
        return guest.Dice.Below(3) switch
        {
            0 => [new PaymentRequest(PaymentMethod.PlatformWallet, total)],
            1 => [new PaymentRequest(PaymentMethod.PlatformWallet, half), ByPhone(total - half)],
            _ => [ByPhone(total)],
        };
    }

    private static PaymentRequest Payment(Guest guest, CityKitchen kitchen, Money amount) => guest.Dice.Below(10) switch
    {
        < 3 => new PaymentRequest(PaymentMethod.Cash, amount),
        < 4 => new PaymentRequest(PaymentMethod.Card, amount),
        < 5 => new PaymentRequest(
            PaymentMethod.KitchenChannel, amount, KitchenPaymentMethodId: kitchen.Channel),
        < 7 => new PaymentRequest(
            PaymentMethod.KitchenWallet, amount, KitchenCustomerId: guest.Dice.Pick(kitchen.Customers)),
        < 8 => new PaymentRequest(
            PaymentMethod.PlatformWallet, amount,
            WalletAuthorization: guest.Dice.Chance(0.6) ? guest.Dice.Pick([.. guest.World.City.ShownCodes]) : null),
        _ => new PaymentRequest(PaymentMethod.MobileMoney, amount, PhoneNumber: Phone(guest.Dice)),
    };
}
