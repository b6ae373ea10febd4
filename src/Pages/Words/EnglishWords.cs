using JikoXpress.Domain;
using JikoXpress.Pages.Checkout;
using JikoXpress.Pages.Forms;

namespace JikoXpress.Pages.Words;

internal sealed class EnglishWords : PageWords
{
    public static EnglishWords All { get; } = new();

    public override Language Language => Language.English;

    public override string LanguageSwitch => "Language";
    public override string TestMode => "Test mode: no real money is taken.";
    public override string TryAgain => "Try again";

    public override string PayTo(string store) => $"Pay {store}";
    public override string Item => "Item";
    public override string Quantity => "Quantity";
    public override string Price => "Price";
    public override string Total => "Total";
    public override string Reference => "Reference";
    public override string PayBefore => "Pay before";

    public override string Method => "How you pay";
    public override string MobileMoney => "Mobile money";
    public override string Phone => "Phone number that pays";

    public override string PhoneHint(Country country) => country is Country.Tz
        ? "For example 0754 000 001. We send a payment request to this phone."
        : $"A mobile number of the shop's country (+{country.CallingCode}). We send a payment request to this phone.";

    public override string KnownPhone(string phone) => $"Leave it empty to use {phone}.";
    public override string Network => "Network";
    public override string NetworkHint => "Change this only if you kept your number when you changed networks.";
    public override string NetworkOfNumber => "The network of my number";
    public override string NetworkGuess => "This looks like a number of {0}.";
    public override string ForTheShop => "Your name and e-mail, for the shop (optional)";
    public override string YourName => "Your name (optional)";
    public override string YourEmail => "Your e-mail address (optional)";

    public override string Submit(string submitType, string amount) => submitType switch
    {
        "donate" => $"Donate {amount}",
        "book" => $"Book and pay {amount}",
        _ => $"Pay {amount}",
    };

    public override string Sending => "Sending…";
    public override string NothingYet => "Nothing is taken until you enter your PIN on your phone.";
    public override string Name => "Your name";
    public override string Contact => "Your phone number";
    public override string Choose => "Choose…";
    public override string Optional(string label) => $"{label} (optional)";
    public override string PayByCard => "Pay by card";
    public override string CardElsewhere => "You enter the card on the secure page of the card company, not here.";
    public override string Problem => "There is a problem";

    public override string Of(FormError error, Country country) => error.Kind switch
    {
        FormErrorKind.PhoneMissing => "Enter the phone number that pays.",
        FormErrorKind.PhoneInvalid when country is Country.Tz =>
            "Enter a mobile number of Tanzania, for example 0754 000 001.",
        FormErrorKind.PhoneInvalid => $"Enter a mobile number that begins with +{country.CallingCode}.",
        FormErrorKind.PhoneBusy => "This phone has another payment request open. Answer it first, then try again.",
        FormErrorKind.PhoneAskedTooOften =>
            "This phone was asked too often. Wait a while, or use another phone number.",
        FormErrorKind.Unavailable => "The shop cannot take mobile money at the moment. Try again later.",
        FormErrorKind.NameInvalid => "Enter a shorter name, without special signs.",
        FormErrorKind.EmailInvalid => "Enter an e-mail address, for example name@example.com.",
        FormErrorKind.AnswerMissing => "Fill in this field.",
        FormErrorKind.NumberInvalid => "Enter a number.",
        FormErrorKind.AmountInvalid => "Enter an amount within the limits.",
        FormErrorKind.QuantityInvalid => "Enter a quantity within the limits.",
        FormErrorKind.Other => "This cannot be accepted. Check what you have entered.",
    };

    public override string AmountIn(string currency) => $"Amount in {currency}";
    public override string Between(string least, string most) => $"From {least} to {most}.";
    public override string ToPayment => "Go on to pay";
    public override string LinkFull =>
        "Others are paying at this moment, and there may be no place left. Try again in a few minutes.";
    public override string LinkClosed => "This link takes no payments any more. Ask the shop for another one.";

    public override string TrialAt(string store) => $"Free trial at {store}";
    public override string DueToday => "To pay today";
    public override string NothingDueBefore(DateTimeOffset local) => $"Nothing to pay before {Moment(local)}";

    public override string DueAfterTrial(string amount, Repeats repeats) =>
        $"{(repeats.Periods is 1 ? "On that day" : "From then on")} you pay {amount} {Often(repeats)}{Until(repeats)}: "
        + $"we ask the phone {repeats.Phone}{(repeats.Periods is 1 ? "" : " each time")}, and nothing is taken without "
        + "your PIN. You need not do anything now. If you pay today, the first payment is made already.";

    public override string PaidAgain(Repeats repeats) => $"You pay {Often(repeats)}";

    public override string DueEachTime(string amount, Repeats repeats) =>
        repeats.Periods is 1
            ? $"{amount} once, and nothing is taken without your PIN."
            : $"{amount} {Often(repeats)}{Until(repeats)}: we ask the phone that pays now each time, and nothing is "
            + "taken without your PIN.";

    private static string Often(Repeats repeats) => repeats switch
    {
        { Periods: 1 } => "once",
        { Every: 1 } => $"every {repeats.Interval}",
        _ => $"every {repeats.Every} {repeats.Interval}s",
    };

    private static string Until(Repeats repeats) => repeats switch
    {
        { Periods: 1 } => "",
        { Periods: { } periods } => $", {periods} times in all",
        { LastDay: { } day } => $", until {Day(day)}",
        _ => "",
    };

    public override string LookAtYourPhone => "Look at your phone";

    public override string Asked(string phone, string amount) =>
        $"We have asked the phone {phone} to pay {amount}.";

    public override IReadOnlyList<string> StepsOnThePhone { get; } =
    [
        "Open the payment request that appears on the phone.",
        "Check the amount.",
        "Enter your mobile money PIN on the phone to pay.",
    ];

    public override string Waiting => "Waiting for your answer on the phone…";
    public override string CheckAgain => "Check again";
    public override string NeverHere => "Never type your PIN on this page.";

    public override string SlipNumber => "Slip number";
    public override string OrAtTheCashier => "Or show your slip to the cashier, and pay there.";
    public override string AtTheCashier => "The cashier is taking the money";
    public override string AtTheCashierNow => "This slip is being paid at the cashier…";

    public override string CardPageOpen => "You chose to pay by card";
    public override string ToCardPage => "Go on to the card page";
    public override string CardPageComing => "The card page is being made…";

    public override string NotPaid => "The payment did not go through";

    public override string Of(Decline decline) => decline switch
    {
        Decline.WrongPin => "The PIN was wrong. You can try again.",
        Decline.TooLittle => "There is not enough money on this phone. Add some, or use another phone number.",
        Decline.Refused => "The request was refused on the phone. You can try again.",
        Decline.NoAnswer => "The request on the phone was not answered in time. You can try again.",
        Decline.Unreachable =>
            "This phone could not be reached. Check that it is on and has a network, or use another phone number.",
        Decline.Silent =>
            "The phone has not answered. You can ask it again, or use another number. Should the first request be paid "
            + "after all, that money goes back.",
        Decline.CardRefused => "The card was not accepted. Try again, use another card, or pay by phone.",
        Decline.CardTooLittle => "There is not enough money on this card. Use another card, or pay by phone.",
        Decline.Other => "The mobile network did not accept the payment. Try again, or use another phone number.",
    };

    public override string Paid => "Paid";
    public override string PaidAmount(string amount, string store) => $"You have paid {amount} to {store}. Thank you.";
    public override string Continue(string store) => $"Continue to {store}";
    public override string YouCanClose => "You can close this page.";
    public override string AwaitsStaff => "The staff are looking at your order. This page says when they accept it.";
    public override string NotAccepted => "The order was not accepted";

    public override string NotAcceptedBecause(string store) =>
        $"{store} could not take this order. Ask the staff if you still want it.";

    public override string WentBack(string amount) => $"{amount} was given back.";
    public override string GoesBack(string amount) => $"{amount} is on its way back to the phone that paid.";
    public override string Over => "The time to pay is over";
    public override string Cancelled => "This was cancelled";

    public override string OverBecause =>
        "This page takes no payment any more. If you still want to pay, begin again in the shop.";

    public override string Underpaid => "Part of the amount has arrived";

    public override string UnderpaidBecause =>
        "The phone has paid less than the amount. Do not pay again here: the shop will tell you how to go on.";

    public override string Cancel(string store) => $"Cancel and go back to {store}";
    public override string BackTo(string store) => $"Go back to {store}";

    public override (string Title, string Text) Missing => (
        "There is no such page",
        "Check the link that the shop gave you, or ask the shop for a new one.");

    public override (string Title, string Text) NothingWaits => (
        "Nothing to pay here yet", "The page opens by itself when the shop has entered the amount.");

    public override (string Title, string Text) TooMany => (
        "Too many requests", "Wait a few seconds, then try again.");

    public override (string Title, string Text) NotReady => (
        "This page does not work at the moment",
        "Try again in a moment. If you have entered your PIN already, do not pay a second time: look here first.");

    public override (string Title, string Text) Unreadable => (
        "This was not accepted", "Go back to the page, and try again.");
}
