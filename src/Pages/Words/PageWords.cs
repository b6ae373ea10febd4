using System.Globalization;
using JikoXpress.Domain;
using JikoXpress.Pages.Checkout;
using JikoXpress.Pages.Forms;

namespace JikoXpress.Pages.Words;

/// <summary>All that pages say, in one language.</summary>
public abstract class PageWords
{
    public abstract Language Language { get; }

    // Around every page
    public abstract string LanguageSwitch { get; }
    public abstract string TestMode { get; }
    public abstract string TryAgain { get; }

    // What is bought
    public abstract string PayTo(string store);
    public abstract string Item { get; }
    public abstract string Quantity { get; }
    public abstract string Price { get; }
    public abstract string Total { get; }
    public abstract string Reference { get; }
    public abstract string PayBefore { get; }

    // The form
    public abstract string Method { get; }
    public abstract string MobileMoney { get; }
    public abstract string Phone { get; }
    public abstract string PhoneHint(Country country);
    public abstract string KnownPhone(string phone);
    public abstract string Network { get; }
    public abstract string NetworkHint { get; }
    public abstract string NetworkOfNumber { get; }

    /// <summary>With {0} in the place of the network's name.</summary>
    public abstract string NetworkGuess { get; }

    public abstract string ForTheShop { get; }
    public abstract string YourName { get; }
    public abstract string YourEmail { get; }
    public abstract string Submit(string submitType, string amount);
    public abstract string Sending { get; }
    public abstract string NothingYet { get; }
    public abstract string Name { get; }
    public abstract string Contact { get; }
    public abstract string Choose { get; }
    public abstract string Optional(string label);
    public abstract string PayByCard { get; }
    public abstract string CardElsewhere { get; }
    public abstract string Problem { get; }
    public abstract string Of(FormError error, Country country);

    // A payment link
    public abstract string AmountIn(string currency);
    public abstract string Between(string least, string most);
    public abstract string ToPayment { get; }
    public abstract string LinkFull { get; }
    public abstract string LinkClosed { get; }

    // A subscription
    public abstract string TrialAt(string store);
    public abstract string DueToday { get; }
    public abstract string NothingDueBefore(DateTimeOffset local);
    public abstract string DueAfterTrial(string amount, Repeats repeats);
    public abstract string PaidAgain(Repeats repeats);
    public abstract string DueEachTime(string amount, Repeats repeats);

    // A phone is asked
    public abstract string LookAtYourPhone { get; }
    public abstract string Asked(string phone, string amount);
    public abstract IReadOnlyList<string> StepsOnThePhone { get; }
    public abstract string Waiting { get; }
    public abstract string CheckAgain { get; }
    public abstract string NeverHere { get; }

    // A restaurant's slip
    public abstract string SlipNumber { get; }
    public abstract string OrAtTheCashier { get; }
    public abstract string AtTheCashier { get; }
    public abstract string AtTheCashierNow { get; }

    // A card is asked
    public abstract string CardPageOpen { get; }
    public abstract string ToCardPage { get; }
    public abstract string CardPageComing { get; }

    // How it ended
    public abstract string NotPaid { get; }
    public abstract string Of(Decline decline);
    public abstract string Paid { get; }
    public abstract string PaidAmount(string amount, string store);
    public abstract string Continue(string store);
    public abstract string YouCanClose { get; }
    public abstract string AwaitsStaff { get; }
    public abstract string NotAccepted { get; }
    public abstract string NotAcceptedBecause(string store);
    public abstract string WentBack(string amount);
    public abstract string GoesBack(string amount);
    public abstract string Over { get; }
    public abstract string Cancelled { get; }
    public abstract string OverBecause { get; }
    public abstract string Underpaid { get; }
    public abstract string UnderpaidBecause { get; }
    public abstract string Cancel(string store);
    public abstract string BackTo(string store);

    // What has no page of its own
    public abstract (string Title, string Text) Missing { get; }
    public abstract (string Title, string Text) NothingWaits { get; }
    public abstract (string Title, string Text) TooMany { get; }
    public abstract (string Title, string Text) NotReady { get; }
    public abstract (string Title, string Text) Unreadable { get; }

    /// <summary>As in TZS 17,500 and KES 175.00: both languages write numbers so.</summary>
    public static string Amount(Currency currency, Money amount)
    {
        var units = amount.Shillings / (decimal)Math.Pow(10, currency.Digits);
        return $"{currency.WireName}\u00A0{units.ToString($"N{currency.Digits}", CultureInfo.InvariantCulture)}";
    }

    /// <summary>As in 30/11/2026.</summary>
    public static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>As in 30/11/2026 13:05.</summary>
    public static string Moment(DateTimeOffset local) =>
        local.ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);
}
