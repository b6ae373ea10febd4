using System.Text.Json;

namespace JikoXpress.Chaos.Clients;

/// <summary>One client after the other business: what tills and kiosks do, with every ending there is.</summary>
/// <param name="patience">How long what is begun now may take to end.</param>
internal sealed class Guest(
    int number, IReadOnlyList<Kitchen> kitchens, Api api, Journal journal, Dice dice, Func<TimeSpan> patience)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(120);

    /// <summary>How phones end whose guests decide within seconds, and of which the aggregator tells.</summary>
    private static readonly string[] Quick =
        ["011", "012", "013", "021", "022", "023", "031", "032", "033", "039", "042", "043", "048"];

    /// <summary>
    /// Endings that only asking brings to light, because nobody tells or the aggregator contradicts itself, and money
    /// that is not enough.
    /// </summary>
    private static readonly string[] Slow = ["034", "035", "037", "041", "044", "045", "046"];

    /// <summary>A guest who never answers, and a push that cannot be found twice.</summary>
    private static readonly string[] Slowest = ["014", "038"];

    private static readonly TimeSpan AMinute = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan HalfAMinute = TimeSpan.FromSeconds(31);

    private int asked;

    public async Task TradeUntil(Func<bool> closing)
    {
        while (!closing())
        {
            try
            {
                await Trade(dice.Of(kitchens));
            }
            catch (UnknownOutcomeException)
            {
                // The journal has it among the unknown, and that is the campaign's verdict.
            }

            await Task.Delay(dice.Between(TimeSpan.Zero, LongestPause));
        }
    }

    private Task Trade(Kitchen kitchen) => dice.Below(100) switch
    {
        < 22 => PayCash(kitchen),
        < 34 => PayFromWallet(kitchen),
        < 44 => BuyWhatIsScarce(kitchen),
        < 62 => TakeSlip(kitchen),
        < 82 => PayByPhone(kitchen),
        < 88 => SplitWithPhone(kitchen),
        < 94 => PayTooLate(kitchen),
        < 97 => kitchen.TopUp(dice.Of(kitchen.Customers), 5_000, NextKey(), api, journal, dice),
        _ => kitchen.Receive(dice.Of(kitchen.Scarce), 6, NextKey(), api, journal, dice),
    };

    private async Task PayCash(Kitchen kitchen)
    {
        var basket = Choose(kitchen);
        await Open(kitchen, dice.Of(kitchen.Cashiers), "IMMEDIATE", "POS", basket, [new Payment("CASH", basket.Total)]);
    }

    private async Task PayFromWallet(Kitchen kitchen)
    {
        var basket = Choose(kitchen);
        var customer = dice.Of(kitchen.Customers);
        var fromWallet = basket.Total / 2;
        await Open(kitchen, dice.Of(kitchen.Cashiers), "IMMEDIATE", "POS", basket,
            [new Payment("KITCHEN_WALLET", fromWallet, customer), new Payment("CASH", basket.Total - fromWallet)]);
    }

    private async Task BuyWhatIsScarce(Kitchen kitchen)
    {
        var basket = Basket.Of(kitchen.Scarce, dice);
        await Open(kitchen, dice.Of(kitchen.Cashiers), "IMMEDIATE", "POS", basket, [new Payment("CASH", basket.Total)]);
    }

    /// <summary>A slip is paid by one cashier or two at once, or by phone; cancelled, ended, or left lying.</summary>
    private async Task TakeSlip(Kitchen kitchen)
    {
        var basket = Choose(kitchen);
        if (await Open(kitchen, kitchen.Kiosk, "SLIP", "KIOSK", basket, []) is not { } sale) return;
        IReadOnlyList<Payment> cash = [new Payment("CASH", basket.Total)];
        switch (dice.Below(10))
        {
            case < 3:
                await Confirm(sale, kitchen.Cashiers[0], cash);
                break;
            case < 6:
                await Task.WhenAll(kitchen.Cashiers.Select(cashier => Confirm(sale, cashier, cash)));
                break;
            case 6:
                await Confirm(sale, kitchen.Cashiers[0], [Phone(basket.Total)]);
                break;
            case 7:
                await End(sale, kitchen.Cashiers[1], "cancel");
                break;
            case 8:
                await Task.WhenAll(
                    Confirm(sale, kitchen.Cashiers[0], cash), End(sale, kitchen.Cashiers[1], "cancel"));
                break;
            default:
                if (patience() < HalfAMinute) await End(sale, kitchen.Cashiers[0], "expire");
                break;
        }
    }

    private async Task PayByPhone(Kitchen kitchen)
    {
        var basket = Choose(kitchen);
        var sale = await Open(kitchen, kitchen.Kiosk, "IMMEDIATE", "KIOSK", basket, [Phone(basket.Total)]);
        if (sale is null || !dice.Chance(20)) return;
        await Task.Delay(dice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(2)));
        await End(sale, kitchen.Kiosk, "cancel");
    }

    /// <summary>Cash is taken and a wallet holds while the phone rings; what comes of it the phone decides.</summary>
    private async Task SplitWithPhone(Kitchen kitchen)
    {
        var basket = Choose(kitchen);
        var third = basket.Total / 3;
        var sale = await Open(kitchen, kitchen.Cashiers[0], "IMMEDIATE", "POS", basket,
        [
            new Payment("CASH", third),
            new Payment("KITCHEN_WALLET", third, dice.Of(kitchen.Customers)),
            Phone(basket.Total - 2 * third),
        ]);
        if (sale is null) return;
        await Task.Delay(TimeSpan.FromSeconds(3));
        var answer = await Post(kitchen.Cashiers[0], $"/checkout-sessions/{sale.Session}/return-money", "{}");
        if (!answer.IsAcknowledged) return;
        sale.IsReturned = true;
        Hear(sale, answer, payments: null);
    }

    /// <summary>The guest waits ten minutes before paying, and the kiosk does not.</summary>
    private async Task PayTooLate(Kitchen kitchen)
    {
        var basket = Choose(kitchen);
        var phone = new Payment("MOBILE_MONEY", basket.Total, Phone: Number("036"));
        if (await Open(kitchen, kitchen.Kiosk, "IMMEDIATE", "KIOSK", basket, [phone]) is not { } sale) return;
        await Task.Delay(dice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        await End(sale, kitchen.Kiosk, "cancel");
    }

    private async Task<Sale?> Open(
        Kitchen kitchen, string token, string type, string channel, Basket basket, IReadOnlyList<Payment> payments)
    {
        var answer = await Post(token, "/checkout-sessions", basket.Opening(type, channel, payments));
        if (!answer.IsAcknowledged)
        {
            if (answer.Status != 409 && answer.Status != 422)
                journal.Complain($"unexpected-refusal: an opening was answered {answer.Status} {answer.Body}");
            return null;
        }

        var session = JsonElement.Parse(answer.Body).GetProperty("id").GetGuid();
        var sale = journal.Sales.GetOrAdd(session, new Sale(session, kitchen.Id, basket.Items, basket.Total));
        Hear(sale, answer, payments);
        return sale;
    }

    private async Task Confirm(Sale sale, string cashier, IReadOnlyList<Payment> payments)
    {
        var answer = await Post(
            cashier, $"/checkout-sessions/{sale.Session}/confirm-slip", Basket.Confirmation(payments));
        if (answer.IsAcknowledged) Hear(sale, answer, payments);
    }

    private async Task End(Sale sale, string token, string how)
    {
        var answer = await Post(token, $"/checkout-sessions/{sale.Session}/{how}", "{}");
        if (answer.IsAcknowledged) Hear(sale, answer, payments: null);
    }

    /// <summary>Asks, and now and then once more for nothing.</summary>
    private async Task<Answer> Post(string token, string path, string body)
    {
        var request = new Request(token, path, body, NextKey());
        var answer = await api.Post(request, dice);
        if (answer.IsAcknowledged && dice.Chance(10)) await api.AskAgain(new Acknowledged(request, answer), dice);
        return answer;
    }

    private static void Hear(Sale sale, Answer answer, IReadOnlyList<Payment>? payments) =>
        sale.Hear(JsonElement.Parse(answer.Body).GetProperty("status").GetString() ?? "", payments);

    private Basket Choose(Kitchen kitchen) =>
        Basket.Of([.. kitchen.Menu.Except(kitchen.Scarce).Where(_ => dice.Chance(50)), kitchen.Menu[0]], dice);

    private Payment Phone(long amount) => new("MOBILE_MONEY", amount, Phone: Number(dice.Below(100) switch
    {
        < 40 => "001",
        < 55 when patience() > HalfAMinute => dice.Of(Slow),
        < 60 when patience() > AMinute => dice.Of(Slowest),
        _ => dice.Of(Quick),
    }));

    private string Number(string ending) => $"+25575{number % 100:D2}{asked % 100:D2}{ending}";

    private string NextKey() => $"guest-{number}-{Interlocked.Increment(ref asked)}";
}
