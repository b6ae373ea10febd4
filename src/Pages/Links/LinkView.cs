using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Pages.Forms;
using JikoXpress.Pages.Words;

namespace JikoXpress.Pages.Links;

/// <summary>All that the page of a payment link shows: a visitor says how much, and goes on to pay.</summary>
/// <param name="Path">Of the page, without a query.</param>
/// <param name="Visit">Sent with the form, so that a form that is sent twice opens one session.</param>
public sealed record LinkView(
    PageWords Words, string Path, LinkStatus Status, string StoreName, bool IsTest, Currency Currency, Country Country,
    LinkTerms Terms, string Visit)
{
    public LinkEntries Entries { get; init; } = LinkEntries.None;

    public Sequence<FormError> Errors { get; init; } = [];

    public Questions Questions => new(Terms.CollectsName, Terms.CollectsPhone, Terms.CustomFields ?? []);

    public string Say(Money amount) => PageWords.Amount(Currency, amount);
}

/// <summary>What the visitor has entered.</summary>
/// <param name="Amount">Empty for what the page proposes.</param>
/// <param name="Quantities">One for each line, in their order; empty for those that the page proposes.</param>
public sealed record LinkEntries(string Amount, Sequence<string> Quantities, QuestionAnswers Answers)
{
    public const string AmountField = "amount", VisitField = "visit";

    public static LinkEntries None { get; } = new("", [], QuestionAnswers.None);

    public static string QuantityOf(int place) => $"quantity-{place}";
}
