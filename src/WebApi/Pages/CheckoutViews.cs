using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using JikoXpress.Pages.Checkout;
using JikoXpress.Pages.Words;
using JikoXpress.WebApi.Merchants;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Pages;

/// <summary>What the hosted page shows of a session.</summary>
internal static class CheckoutViews
{
    public static async Task<CheckoutView> Of(HttpContext http, Snapshot<Session> snapshot, PageWords words)
    {
        var session = (Session.Opened)snapshot.State;
        var (opening, now) = (session.Opening, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        var terms = session.PageTerms ?? throw new InvalidOperationException("The session has no page.");
        var store = await http.RequestServices.GetRequiredService<ICatalogue>().Kitchen(opening.KitchenId)
            ?? throw new InvalidOperationException("The kitchen of a session is missing; none is ever removed.");
        var settings = store.Kitchen.Settings;
        var stand = session.StandOnPage(settings.PaymentTimeout, now);
        var asked = stand is HostedStand.Asking ? session.AskedPhone(settings.PaymentTimeout, now) : null;
        var card = stand is HostedStand.Payable ? session.OpenCard(settings.PaymentTimeout, now)?.Card : null;
        var free = stand is HostedStand.Payable && terms.Subscription?.TrialEndsAt is { } end && now < end
            ? end
            : (DateTimeOffset?)null;
        var token = PageToken.Of(session);
        return new CheckoutView(
            words, $"{CheckoutPages.Path}/{token}", stand,
            new Purchase(
                store.Kitchen.Name, !opening.LiveMode, opening.Currency, opening.Total, terms.LineItems,
                terms.Description, terms.CheckoutRef, settings.LocalTimeOf(terms.ExpiresAt))
            {
                IsOfSlip = opening.SlipCode is not null,
            },
            new CheckoutForm(
                terms.SubmitType, settings.Country, session.IsPastItsPage(settings, now) ? [] : terms.Methods,
                Masked(session.LastPhone ?? opening.CustomerPhone),
                new CheckoutEntries(Email: terms.CustomerEmail ?? ""), [])
            {
                Questions = QuestionForms.AskedOn(terms),
            },
            new LiveStatus(
                $"/api/checkout/{token}", $"\"{SessionAnswers.StateTag(session, snapshot.Version)}\"",
                stand is HostedStand.Asking or HostedStand.AtCashier or HostedStand.AwaitsStaff || card is not null,
                stand switch
                {
                    HostedStand.Asking when asked is not null => SecondsUntil(
                        session is Session.Pending { Attempt: not null, Deadline: { } until }
                            ? until
                            : asked.StartedAt + settings.PaymentTimeout,
                        now),
                    // It looks otherwise once the trial is over.
                    HostedStand.Payable => SecondsUntil(free ?? terms.ExpiresAt, now),
                    _ => null,
                }))
        {
            Declined = stand is HostedStand.Payable ? DeclineOf(session) : null,
            Card = card is null ? null : new CardStep(Link(card.Address)),
            Repeats = terms.Subscription is { Plan: var plan }
                ? new Repeats(plan.Interval, plan.Every, plan.Periods, plan.LastDay)
                {
                    FreeUntil = free is { } ends ? settings.LocalTimeOf(ends) : null,
                    Phone = Masked(opening.CustomerPhone) ?? "",
                }
                : null,
            AskedPhone = Masked(asked?.PhoneNumber),
            AskedAmount = asked is null ? Money.Zero : session.AmountOf(asked),
            GivenBack = session.MoneyGivenBack,
            IsGivingBack = session.IsGivingBack,
            SuccessMessage = stand is HostedStand.Paid ? terms.Link?.SuccessMessage : null,
            SuccessUrl = stand is HostedStand.Paid ? Link(HostedRules.Filled(terms.SuccessUrl, session.Id)) : null,
            TrialUrl = free is null ? null : Link(HostedRules.Filled(terms.SuccessUrl, session.Id)),
            CancelUrl = Link(HostedRules.Filled(terms.CancelUrl, session.Id)),
        };
    }

    private static Decline? DeclineOf(Session.Opened session) => session.LastAttempt switch
    {
        { Card: null, IsRinging: true } => Decline.Silent,
        { Card: null } when session.HostedFailureReason is { } reason => Declines.Of(reason),
        { } when session.HostedFailureReason is { } reason => Declines.OfCard(reason),
        _ => null,
    };

    private static int SecondsUntil(DateTimeOffset moment, DateTimeOffset now) =>
        Math.Max(1, (int)Math.Ceiling((moment - now).TotalSeconds));

    private static string? Masked(string? phone) => SessionViews.Phone(CallerKind.HostedPage, phone);

    /// <summary>
    /// Only what a browser opens and nothing that it runs. The rules store no other address; this one is in a link.
    /// </summary>
    private static string? Link(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            ? url
            : null;
}
