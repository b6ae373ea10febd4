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
        var terms = opening.Hosted ?? throw new InvalidOperationException("Only sessions of web shops have this page.");
        var store = await http.RequestServices.GetRequiredService<ICatalogue>().Kitchen(opening.KitchenId)
            ?? throw new InvalidOperationException("The kitchen of a session is missing; none is ever removed.");
        var settings = store.Kitchen.Settings;
        var stand = session.StandOnPage(settings.PaymentTimeout, now);
        var asked = stand is HostedStand.Asking ? session.AskedPhone(settings.PaymentTimeout, now) : null;
        var card = stand is HostedStand.Payable ? session.OpenCard(settings.PaymentTimeout, now)?.Card : null;
        var trial = stand is HostedStand.Payable && terms.Subscription?.TrialEndsAt is { } free && now < free
            ? free
            : (DateTimeOffset?)null;
        var token = new PageToken(session.Id, terms.PageKey);
        return new CheckoutView(
            words, $"{CheckoutPages.Path}/{token}", stand,
            new Purchase(
                store.Kitchen.Name, !opening.LiveMode, opening.Currency, opening.Total, terms.LineItems,
                terms.Description, terms.CheckoutRef, settings.LocalTimeOf(terms.ExpiresAt)),
            new CheckoutForm(
                terms.SubmitType, settings.Country, terms.Methods, Masked(session.LastPhone ?? opening.CustomerPhone),
                new CheckoutEntries(Email: terms.CustomerEmail ?? ""), [])
            {
                Questions = QuestionForms.AskedOn(terms),
            },
            new LiveStatus(
                $"/api/checkout/{token}", $"\"{SessionAnswers.StateTag(session, snapshot.Version)}\"",
                stand is HostedStand.Asking || card is not null,
                stand switch
                {
                    HostedStand.Asking when asked is not null =>
                        SecondsUntil(asked.StartedAt + settings.PaymentTimeout, now),
                    // It looks otherwise once the trial is over.
                    HostedStand.Payable => SecondsUntil(trial ?? terms.ExpiresAt, now),
                    _ => null,
                }))
        {
            Declined = session.HostedFailureReason is { } reason ? Declines.Of(reason) : null,
            Card = card is null ? null : new CardStep(Link(card.Address)),
            Trial = trial is { } ends && terms.Subscription is { Plan: var plan }
                ? new Trial(settings.LocalTimeOf(ends), plan.Interval, plan.Every, Masked(opening.CustomerPhone) ?? "")
                : null,
            AskedPhone = Masked(asked?.PhoneNumber),
            SuccessMessage = stand is HostedStand.Paid ? terms.Link?.SuccessMessage : null,
            SuccessUrl = stand is HostedStand.Paid ? Link(HostedRules.Filled(terms.SuccessUrl, session.Id)) : null,
            CancelUrl = Link(HostedRules.Filled(terms.CancelUrl, session.Id)),
        };
    }

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
