using System.Reflection;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Pages.Checkout;
using JikoXpress.Pages.Forms;
using JikoXpress.Pages.Words;

namespace JikoXpress.Pages.Tests;

/// <summary>What pages say, in both languages.</summary>
public sealed class WordsTests
{
    private static readonly PageWords English = Language.English.Words, Swahili = Language.Swahili.Words;

    [Fact]
    public void Each_sentence_is_there_in_both_languages_and_is_not_the_same()
    {
        var sentences = typeof(PageWords).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.PropertyType == typeof(string)).ToList();

        Assert.InRange(sentences.Count, 25, 100);
        Assert.All(sentences, sentence =>
        {
            var (one, other) = ((string?)sentence.GetValue(English), (string?)sentence.GetValue(Swahili));
            Assert.False(string.IsNullOrWhiteSpace(one));
            Assert.False(string.IsNullOrWhiteSpace(other));
            Assert.NotEqual(one, other);
        });
        Assert.Equal(English.StepsOnThePhone.Count, Swahili.StepsOnThePhone.Count);
    }

    [Fact]
    public void Each_no_and_each_mistake_has_a_sentence_of_its_own()
    {
        foreach (var words in (PageWords[])[English, Swahili])
        {
            var declines = Enum.GetValues<Decline>().Select(words.Of).ToList();
            Assert.Equal(declines.Count, declines.Distinct().Count());
            var mistakes = Enum.GetValues<FormErrorKind>()
                .Select(kind => words.Of(new FormError("phone", kind), Country.Tz)).ToList();
            Assert.Equal(mistakes.Count, mistakes.Distinct().Count());
            Assert.Contains("+254", words.Of(new FormError("phone", FormErrorKind.PhoneInvalid), Country.Ke),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Wrong PIN", Decline.WrongPin)]
    [InlineData("INSUFFICIENT_BALANCE", Decline.TooLittle)]
    [InlineData("PAYER_LIMIT_REACHED", Decline.TooLittle)]
    [InlineData("Cancelled by the payer", Decline.Refused)]
    [InlineData("No answer from the payer", Decline.NoAnswer)]
    [InlineData("PAYMENT_NOT_APPROVED", Decline.NoAnswer)]
    [InlineData("This number cannot be reached", Decline.Unreachable)]
    [InlineData("PAYER_NOT_FOUND", Decline.Unreachable)]
    [InlineData("E-4711", Decline.Other)]
    [InlineData("", Decline.Other)]
    public void What_aggregators_write_becomes_what_the_customer_can_do_about_it(string reason, Decline expected) =>
        Assert.Equal(expected, Declines.Of(reason));

    [Theory]
    [InlineData(Currency.Tzs, 17_500, "TZS\u00A017,500")]
    [InlineData(Currency.Kes, 17_500, "KES\u00A0175.00")]
    [InlineData(Currency.Ugx, 999, "UGX\u00A0999")]
    [InlineData(Currency.Usd, 5, "USD\u00A00.05")]
    public void Amounts_are_written_as_people_write_them(Currency currency, long units, string expected) =>
        Assert.Equal(expected, PageWords.Amount(currency, new Money(units)));

    [Theory]
    [InlineData(null, null, Language.English)]
    [InlineData("sw", "en", Language.Swahili)]
    [InlineData("SW", null, Language.English)]
    [InlineData(null, "SW-tz", Language.Swahili)]
    [InlineData(null, "en;q=0.1, sw;q=0.2", Language.Swahili)]
    [InlineData(null, "sw;q=0", Language.English)]
    [InlineData(null, "sw;q=nonsense,en", Language.English)]
    [InlineData(null, "swe", Language.English)]
    [InlineData(null, ";;,=,q", Language.English)]
    public void The_choice_goes_before_what_the_browser_asks_for(string? chosen, string? accepted, Language expected) =>
        Assert.Equal(expected, Languages.Of(chosen, accepted));

    [Theory]
    [InlineData("day", 1, "every day", "kila siku")]
    [InlineData("day", 10, "every 10 days", "kila baada ya siku 10")]
    [InlineData("week", 1, "every week", "kila wiki")]
    [InlineData("week", 2, "every 2 weeks", "kila baada ya wiki 2")]
    [InlineData("month", 1, "every month", "kila mwezi")]
    [InlineData("month", 6, "every 6 months", "kila baada ya miezi 6")]
    [InlineData("year", 1, "every year", "kila mwaka")]
    [InlineData("year", 2, "every 2 years", "kila baada ya miaka 2")]
    public void How_often_a_customer_pays_is_said_as_people_say_it(
        string interval, int every, string english, string swahili)
    {
        var repeats = new Repeats(interval, every);
        Assert.Contains($"TZS 5 {english}:", English.DueAfterTrial("TZS 5", repeats), StringComparison.Ordinal);
        Assert.Contains($"TZS 5 {swahili}:", Swahili.DueAfterTrial("TZS 5", repeats), StringComparison.Ordinal);
        Assert.Equal($"You pay {english}", English.PaidAgain(repeats));
        Assert.Equal($"Utalipa {swahili}", Swahili.PaidAgain(repeats));
        Assert.StartsWith(
            $"TZS 5 {english}, 3 times in all:", English.DueEachTime("TZS 5", repeats with { Periods = 3 }),
            StringComparison.Ordinal);
        Assert.StartsWith(
            $"TZS 5 {swahili}, hadi 31/12/2026:",
            Swahili.DueEachTime("TZS 5", repeats with { LastDay = new DateOnly(2026, 12, 31) }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_paid_once_is_not_said_to_be_paid_again()
    {
        var once = new Repeats("month", 1, Periods: 1) { Phone = "+255 111" };

        Assert.Equal("You pay once", English.PaidAgain(once));
        Assert.StartsWith(
            "On that day you pay TZS 5 once: we ask the phone +255 111, and", English.DueAfterTrial("TZS 5", once),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Siku hiyo utalipa TZS 5 mara moja tu: tutatuma", Swahili.DueAfterTrial("TZS 5", once),
            StringComparison.Ordinal);
        foreach (var words in (PageWords[])[English, Swahili])
        {
            Assert.DoesNotContain("month", words.DueEachTime("TZS 5", once), StringComparison.Ordinal);
            Assert.DoesNotContain("mwezi", words.DueEachTime("TZS 5", once), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_store_abroad_asks_for_a_phone_of_its_country_in_its_money()
    {
        var view = new CheckoutView(
            English, "/pay/x", HostedStand.Payable,
            new Purchase(
                "Nyama Nairobi", IsTest: false, Currency.Kes, new Money(123_450), [], Description: null, "CR1",
                DateTimeOffset.UnixEpoch),
            new CheckoutForm("pay", Country.Ke, [HostedWords.MobileMoney], KnownPhone: null, new CheckoutEntries(), []),
            new LiveStatus("/api/checkout/x", "\"1.1\"", Waits: false, SecondsLeft: null));

        var html = await Html.Of<CheckoutPage>(view);

        Assert.Contains("KES&#xA0;1,234.50", html, StringComparison.Ordinal);
        Assert.Contains("&#x2B;254", html, StringComparison.Ordinal);
        Assert.DoesNotContain("HaloPesa", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Test mode", html, StringComparison.Ordinal);
    }
}
