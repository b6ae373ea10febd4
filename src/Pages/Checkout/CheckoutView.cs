using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Pages.Forms;
using JikoXpress.Pages.Words;

namespace JikoXpress.Pages.Checkout;

/// <summary>All that the page of a checkout shows.</summary>
/// <param name="Path">Of the page, without a query.</param>
public sealed record CheckoutView(
    PageWords Words, string Path, HostedStand Stand, Purchase Purchase, CheckoutForm Form, LiveStatus Live)
{
    /// <summary>The last phone's no; null where there was none, or another phone is asked now.</summary>
    public Decline? Declined { get; init; }

    /// <summary>The card page that the customer has chosen; null where none waits.</summary>
    public CardStep? Card { get; init; }

    /// <summary>How often the customer pays; null for a single payment.</summary>
    public Repeats? Repeats { get; init; }

    /// <summary>The phone that is asked, with few of its digits.</summary>
    public string? AskedPhone { get; init; }

    /// <summary>What the phone is asked for; with a slip, a part may be paid another way.</summary>
    public Money AskedAmount { get; init; }

    /// <summary>What has gone back to whoever paid, or goes back now; zero where nothing does.</summary>
    public Money GivenBack { get; init; }

    /// <summary>Some of <see cref="GivenBack"/> is still on its way.</summary>
    public bool IsGivingBack { get; init; }

    /// <summary>What the shop says once it is paid, in place of sending the customer on.</summary>
    public string? SuccessMessage { get; init; }

    /// <summary>Where the customer goes once it is paid.</summary>
    public string? SuccessUrl { get; init; }

    /// <summary>Where the customer of a trial goes, with nothing to pay today.</summary>
    public string? TrialUrl { get; init; }

    /// <summary>Where the customer goes without paying.</summary>
    public string? CancelUrl { get; init; }
}

/// <summary>What is paid, and to whom.</summary>
/// <param name="PayBefore">By the store's clock.</param>
public sealed record Purchase(
    string StoreName, bool IsTest, Currency Currency, Money Total, Sequence<ShopLine> Lines, string? Description,
    string Reference, DateTimeOffset PayBefore)
{
    /// <summary>A restaurant's slip: its reference is its number, and it can be paid at the cashier as well.</summary>
    public bool IsOfSlip { get; init; }

    public string Say(Money amount) => PageWords.Amount(Currency, amount);
}

/// <summary>What the customer of a subscription agrees to.</summary>
/// <param name="Interval">day, week, month or year.</param>
/// <param name="Every">Each so many of the interval.</param>
/// <param name="Periods">After so many it ends; null for none that is the last.</param>
public sealed record Repeats(string Interval, int Every, int? Periods = null, DateOnly? LastDay = null)
{
    /// <summary>Nothing has to be paid before, by the store's clock; null where nothing is free now.</summary>
    public DateTimeOffset? FreeUntil { get; init; }

    /// <summary>The phone that is asked after what is free, with few of its digits.</summary>
    public string Phone { get; init; } = "";
}

/// <summary>The form in which the customer says which phone pays, with what was entered and refused.</summary>
/// <param name="Methods">What the session takes.</param>
/// <param name="KnownPhone">The phone that pays where none is entered, with few of its digits.</param>
public sealed record CheckoutForm(
    string SubmitType, Country Country, Sequence<string> Methods, string? KnownPhone, CheckoutEntries Entries,
    Sequence<FormError> Errors)
{
    /// <summary>What a payment link wants to know, where the customer has not said it before.</summary>
    public Questions Questions { get; init; } = Questions.None;

    public bool TakesPhones => Methods.Contains(HostedWords.MobileMoney);

    public bool TakesCards => Methods.Contains(HostedWords.Card);
}

/// <summary>The page on which the customer enters the card.</summary>
/// <param name="Url">Null while the gateway makes it.</param>
public sealed record CardStep(string? Url);

/// <summary>What the customer has entered.</summary>
/// <param name="Network">The word of a network; empty for that of the number.</param>
/// <param name="Method">card, by the button that was pressed; empty for a phone.</param>
public sealed record CheckoutEntries(
    string Phone = "", string Network = "", string Name = "", string Email = "", string Method = "")
{
    public QuestionAnswers Answers { get; init; } = QuestionAnswers.None;

    /// <summary>The names of the fields.</summary>
    public const string PhoneField = "phone", NetworkField = "network", NameField = "name", EmailField = "email",
        MethodField = "method";
}

/// <summary>How a page that stays open hears of changes.</summary>
/// <param name="Source">The path of the JSON that has an ETag and takes waitSeconds.</param>
/// <param name="Tag">The ETag of what the page shows.</param>
/// <param name="Waits">Something is about to happen, and the page waits for it.</param>
/// <param name="SecondsLeft">After how long the page looks otherwise although nothing happens; null for never.</param>
public sealed record LiveStatus(string Source, string Tag, bool Waits, int? SecondsLeft);
