using System.Diagnostics;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Pages.Checkout;
using JikoXpress.Pages.Forms;
using JikoXpress.Pages.Words;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Load;
using JikoXpress.WebApi.Merchants;
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Pages;

/// <summary>
/// The hosted page: a customer opens it by its address, says which phone pays, and sees what becomes of it. A form that
/// was taken is answered by a redirect, so that going back or loading again sends nothing twice.
/// </summary>
internal static class CheckoutPages
{
    public const string Path = "/pay";

    /// <summary>A gateway makes a page in less, so that a browser without scripts mostly gets it at once.</summary>
    private static readonly TimeSpan CardPatience = TimeSpan.FromSeconds(2);

    public static void MapCheckoutPage(this IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup($"{Path}/{{publicToken}}")
            .AllowAnyone().WithProblemsAsPages().ExcludeFromDescription();
        page.MapGet("", Show);
        page.MapPost("", Pay).In(Lane.Settling);
    }

    private static async Task<IResult> Show(string publicToken, HttpContext http, IGrainFactory grains)
    {
        if (SlipCode.Parse(publicToken) is { } code) return await ShowSlip(code, http, grains);
        return await Found(publicToken, grains) is var (_, snapshot)
            ? await Page(http, snapshot, entered: null, [], StatusCodes.Status200OK)
            : FrameworkProblems.NotFound;
    }

    /// <summary>A slip's QR code is short, so that a cheap printer and a cheap camera manage it.</summary>
    private static async Task<IResult> ShowSlip(string code, HttpContext http, IGrainFactory grains)
    {
        var reads = http.RequestServices.GetRequiredService<ISessionReads>();
        return await reads.SlipByCode(kitchenId: null, code) is { } id
            && (await grains.Session(id).Read()).State is Session.Opened session
                ? new SeeOther($"{Path}/{PageToken.Of(session)}{http.Request.QueryString}")
                : FrameworkProblems.NotFound;
    }

    private static async Task<IResult> Pay(string publicToken, HttpContext http, IGrainFactory grains)
    {
        if (await Found(publicToken, grains) is not var (page, before)) return FrameworkProblems.NotFound;
        var (form, refusal) = await Form.Read(http);
        if (refusal is not null) return refusal;
        var session = (Session.Opened)before.State;
        var terms = session.PageTerms ?? throw new UnreachableException("Its page was found.");
        var questions = QuestionForms.AskedOn(terms);
        var entries = CheckoutForms.EntriesOf(form) with { Answers = QuestionForms.AnswersOf(form, questions) };
        var country = (await http.SettingsOf(session.Opening.KitchenId)).Country;
        var command = CheckoutForms.Command(
            entries, questions, page, HostedViews.ReturnUrl(http, page), session, country);
        return await grains.Session(session.Id).PayHosted(command, http.Patience) switch
        {
            Reply<Session>.Accepted({ } asked, var version, _) when command.IsByCard =>
                await AgainWithCard(http, grains, new Snapshot<Session>(asked, version)),
            Reply<Session>.Accepted => Again(http),
            Reply<Session>.Refused([{ Stage: RefusalStage.NotThere }, ..]) => FrameworkProblems.NotFound,
            // What the page shows now says why: it is paid, over, or a phone is asked.
            Reply<Session>.Refused([{ Stage: RefusalStage.State or RefusalStage.Gone, Code: not "phone-busy" }, ..]) =>
                Again(http),
            Reply<Session>.Refused(var refusals) => await Refused(
                http, grains, page, entries, CheckoutForms.ErrorsOf(refusals, questions), refusals),
            _ => throw new UnreachableException("A reply must be accepted or refused."),
        };
    }

    private static async Task<IResult> Refused(
        HttpContext http, IGrainFactory grains, PageToken page, CheckoutEntries entries, Sequence<FormError> errors,
        Sequence<Refusal> refusals)
    {
        var problem = Problem.Of(refusals);
        // A silo that is too busy has a page of its own.
        if (problem.Status is StatusCodes.Status503ServiceUnavailable) return problem;
        if (problem.RetryAfter is { } seconds) http.Response.Headers.RetryAfter = $"{seconds}";
        return await Page(
            http, await grains.Session(page.Id).Read(), entries, errors, problem.Status);
    }

    /// <summary>The session whose page has this address; null when there is none.</summary>
    private static async Task<(PageToken Page, Snapshot<Session> Snapshot)?> Found(string token, IGrainFactory grains)
    {
        if (PageToken.Parse(token) is not { } page) return null;
        var snapshot = await grains.Session(page.Id).Read();
        return page.Opens(snapshot.State) is null ? null : (page, snapshot);
    }

    private static async Task<IResult> Page(
        HttpContext http, Snapshot<Session> snapshot, CheckoutEntries? entered, Sequence<FormError> errors, int status)
    {
        var language = http.Request.Language;
        var view = await CheckoutViews.Of(http, snapshot, language.Words);
        if (entered is not null) view = view with { Form = view.Form with { Entries = entered, Errors = errors } };
        return new PageAnswer<CheckoutPage>(status, language, view);
    }

    private static async Task<SeeOther> AgainWithCard(
        HttpContext http, IGrainFactory grains, Snapshot<Session> asked)
    {
        var session = (Session.Opened)asked.State;
        if (session.CardPage is null)
            await grains.Session(session.Id).Changed(
                SessionMark.Of(asked), CardPatience, http.RequestServices.GetRequiredService<TimeProvider>(),
                http.RequestAborted);
        return Again(http);
    }

    private static SeeOther Again(HttpContext http) =>
        new($"{http.Request.Path}?{Languages.Parameter}={http.Request.Language.Tag}");
}

/// <summary>What a customer has entered, as the command that it means; refusals, as what is wrong with it.</summary>
internal static class CheckoutForms
{
    public static CheckoutEntries EntriesOf(Form form) => new(
        form[CheckoutEntries.PhoneField], form[CheckoutEntries.NetworkField], form[CheckoutEntries.NameField],
        form[CheckoutEntries.EmailField], form[CheckoutEntries.MethodField]);

    public static PayHosted Command(
        CheckoutEntries entries, Questions questions, PageToken page, string pageUrl, Session.Opened session,
        Country country)
    {
        var (contact, fields) = QuestionForms.Given(entries.Answers, questions, country);
        var details = new CollectedDetails(Given(entries.Name), Given(entries.Email), contact, fields);
        var collected = details == new CollectedDetails() ? null : details;
        var by = HostedDecisions.PageOf(page.Id);
        return entries.Method is HostedWords.Card
            ? new PayHosted(by, page.Key, HostedWords.Card, ReturnUrl: pageUrl, Collected: collected)
            : new PayHosted(
                by, page.Key, HostedWords.MobileMoney,
                // Nothing entered means the phone that the page names.
                Given(entries.Phone) is { } phone
                    ? PhoneReading.Of(phone, new PhonePlace(country))
                    : session.LastPhone,
                // The page offers the networks that it knows; where a form says another, the number tells.
                MobileNetworks.Named(Given(entries.Network))?.Word, Collected: collected);
    }

    public static Sequence<FormError> ErrorsOf(Sequence<Refusal> refusals, Questions questions) => refusals
        .Select(refusal => QuestionForms.ErrorOf(refusal, questions, "/collected") ?? ErrorOf(refusal))
        .DistinctBy(error => error.Field).ToSequence();

    private static FormError ErrorOf(Refusal refusal) => (refusal.Code, refusal.Pointer) switch
    {
        ("customer-phone-required", _) => OfPhone(FormErrorKind.PhoneMissing),
        ("phone-invalid", _) => OfPhone(FormErrorKind.PhoneInvalid),
        ("phone-busy", _) => OfPhone(FormErrorKind.PhoneBusy),
        ("phone-asked-too-often", _) => OfPhone(FormErrorKind.PhoneAskedTooOften),
        ("mobile-money-unavailable", _) => OfPhone(FormErrorKind.Unavailable),
        (_, "/collected/customerDetails/email") => new FormError(
            CheckoutEntries.EmailField, FormErrorKind.EmailInvalid),
        (_, "/paymentMethod/mobileMoney/operator") => new FormError(
            CheckoutEntries.NetworkField, FormErrorKind.Other),
        _ => OfPhone(FormErrorKind.Other),
    };

    private static FormError OfPhone(FormErrorKind kind) => new(CheckoutEntries.PhoneField, kind);

    private static string? Given(string entry) => entry.Length > 0 ? entry : null;
}
