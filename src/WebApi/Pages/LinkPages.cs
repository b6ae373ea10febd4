using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using JikoXpress.Pages.Forms;
using JikoXpress.Pages.Links;
using JikoXpress.Pages.Words;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Merchants;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Pages;

/// <summary>
/// The page of a payment link: a visitor says how much and answers the shop's questions, gets a session, and goes on to
/// its page to pay. The same form sent twice opens one session.
/// </summary>
internal static class LinkPages
{
    public const string Path = "/links";

    private const int LongestVisit = 64;

    public static void MapLinkPages(this IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup($"{Path}/{{linkToken}}")
            .AllowAnyone().WithProblemsAsPages().ExcludeFromDescription();
        page.MapGet("", Show);
        page.MapPost("", Visit);
    }

    private static async Task<IResult> Show(string linkToken, HttpContext http) =>
        await LinkEndpoints.LinkOf(linkToken, http) is { } link
            ? await Page(http, linkToken, link, LinkEntries.None, [], StatusCodes.Status200OK)
            : FrameworkProblems.NotFound;

    private static async Task<IResult> Visit(
        string linkToken, HttpContext http, IGrainFactory grains, LinkVisits visits)
    {
        if (await LinkEndpoints.LinkOf(linkToken, http) is not { } link) return FrameworkProblems.NotFound;
        var (form, refusal) = await Form.Read(http);
        if (refusal is not null) return refusal;
        var settings = await http.SettingsOf(link.StoreId);
        var questions = QuestionsOf(link);
        var entries = EntriesOf(form, link, questions);
        var (command, unread) = Command(link, entries, questions, settings.Currency, settings.Country);
        if (unread.Count > 0)
            return await Page(http, linkToken, link, entries, unread, StatusCodes.Status422UnprocessableEntity);

        var id = SessionOf(link, form[LinkEntries.VisitField], entries);
        command = command with { Operation = new Operation(id, id) };
        if (await visits.TooMany(http, link, id) is { } tooMany) return tooMany;
        switch (await grains.Session(id).OpenHosted(command, http.Patience))
        {
            case Reply<Session>.Accepted({ } session, _, _):
                return new SeeOther(
                    $"{HostedViews.PathOf((Session.Opened)session)}?{Languages.Parameter}={http.Request.Language.Tag}");
            case Reply<Session>.Refused(var refusals):
                await visits.Refused(http, link, id);
                var problem = Problem.Of(refusals);
                if (problem.Status is StatusCodes.Status503ServiceUnavailable) return problem;
                var errors = refusals.Select(each => ErrorOf(each, questions)).OfType<FormError>()
                    .DistinctBy(error => error.Field).ToSequence();
                return await Page(http, linkToken, link, entries, errors, problem.Status);
            default:
                throw new UnreachableException("A reply must be accepted or refused.");
        }
    }

    private static async Task<IResult> Page(
        HttpContext http, string token, PaymentLink link, LinkEntries entries, Sequence<FormError> errors, int status)
    {
        var services = http.RequestServices;
        var store = await services.GetRequiredService<ICatalogue>().Kitchen(link.StoreId)
            ?? throw new InvalidOperationException("The kitchen of a link is missing; none is ever removed.");
        var language = http.Request.Language;
        var view = new LinkView(
            language.Words, $"{Path}/{token}", link.StatusAt(services.GetRequiredService<TimeProvider>().GetUtcNow()),
            store.Kitchen.Name, !link.LiveMode, store.Kitchen.Settings.Currency, store.Kitchen.Settings.Country,
            link.Terms, RandomNumberGenerator.GetHexString(32, lowercase: true))
        {
            Entries = entries,
            Errors = errors,
        };
        return new PageAnswer<LinkPage>(status, language, view);
    }

    private static Questions QuestionsOf(PaymentLink link) =>
        new(link.Terms.CollectsName, link.Terms.CollectsPhone, link.Terms.CustomFields ?? []);

    private static LinkEntries EntriesOf(Form form, PaymentLink link, Questions questions) => new(
        form[LinkEntries.AmountField],
        Enumerable.Range(0, link.Terms.LineItems?.Count ?? 0)
            .Select(place => form[LinkEntries.QuantityOf(place)]).ToSequence(),
        QuestionForms.AnswersOf(form, questions));

    /// <summary>The command; and the fields that cannot be read as what they are.</summary>
    private static (OpenHosted Command, Sequence<FormError> Unread) Command(
        PaymentLink link, LinkEntries entries, Questions questions, Currency currency, Country country)
    {
        var amount = link.Terms.OpenAmount is null
            ? null
            // As people write it: 20,000 or 20 000.
            : currency.Read(string.Concat(entries.Amount.Where(letter => letter is not (',' or ' ' or '\u00A0'))));
        var lines = link.Terms.LineItems ?? [];
        var quantities = lines.Select((line, place) => QuantityOf(line, entries.Quantities[place])).ToList();
        Sequence<FormError> unread =
        [
            .. link.Terms.OpenAmount is not null && amount is null
                ? [new FormError(LinkEntries.AmountField, FormErrorKind.AmountInvalid)]
                : Array.Empty<FormError>(),
            .. quantities.Index().Where(quantity => quantity.Item is null)
                .Select(quantity => new FormError(
                    LinkEntries.QuantityOf(quantity.Index), FormErrorKind.QuantityInvalid)),
        ];
        var (contact, fields) = QuestionForms.Given(entries.Answers, questions, country);
        var name = entries.Answers.Name.Length > 0 ? entries.Answers.Name : null;
        return (
            new OpenHosted(
                new Caller(CallerKind.Merchant, link.MerchantId), link.LiveMode, StoreId: null, amount,
                PaymentLinkId: link.Id,
                Quantities: lines.Count > 0 ? quantities.Select(quantity => quantity ?? 0).ToSequence() : null,
                Entered: new CollectedDetails(name, PhoneNumber: contact, CustomFields: fields), IsVisitor: true),
            unread);
    }

    /// <summary>Null for what is no quantity.</summary>
    private static int? QuantityOf(LinkLine line, string entered) =>
        !line.IsAdjustable || entered.Length is 0 ? line.Quantity
        : int.TryParse(entered, NumberStyles.None, CultureInfo.InvariantCulture, out var quantity) ? quantity
        : null;

    private static FormError? ErrorOf(Refusal refusal, Questions questions) =>
        QuestionForms.ErrorOf(refusal, questions)
        ?? (refusal.Code, refusal.Pointer) switch
        {
            // The page says so by itself.
            ("payment-link-full" or "payment-link-closed", _) => null,
            (_, "/amount") => new FormError(LinkEntries.AmountField, FormErrorKind.AmountInvalid),
            ("quantity-out-of-range", { } at) when at.StartsWith("/quantities/", StringComparison.Ordinal) =>
                new FormError(
                    LinkEntries.QuantityOf(int.Parse(at["/quantities/".Length..], CultureInfo.InvariantCulture)),
                    FormErrorKind.QuantityInvalid),
            ("mobile-money-unavailable", _) => new FormError("submit", FormErrorKind.Unavailable),
            _ => new FormError("submit", FormErrorKind.Other),
        };

    /// <summary>
    /// The session of a visit. It follows from the form, so that sending it twice opens one; what somebody else has
    /// entered leads elsewhere, and no form leads to a session that was opened in another way.
    /// </summary>
    private static Guid SessionOf(PaymentLink link, string visit, LinkEntries entries)
    {
        var text = new StringBuilder($"link {link.Id}\n");
        foreach (var part in (string[])
            [visit, entries.Amount, entries.Answers.Name, entries.Answers.Contact,
                .. entries.Quantities, .. entries.Answers.Fields])
            text.Append(CultureInfo.InvariantCulture, $"{part.Length} {part}\n");
        // Without the page's random part the form is a stranger's: it gets a session of its own.
        if (visit.Length is 0 or > LongestVisit) text.Append(RandomNumberGenerator.GetHexString(32));
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan()[..16], bigEndian: true);
    }
}
