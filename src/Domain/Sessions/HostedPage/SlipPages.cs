using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using JikoXpress.Domain.Kitchens;
using static JikoXpress.Domain.Sessions.Payments.PaymentRefusals;
using Decision = JikoXpress.Domain.Decision<JikoXpress.Domain.Sessions.Session>;

namespace JikoXpress.Domain.Sessions.HostedPage;

/// <summary>
/// The page of a slip, to which its QR code leads: a guest pays by phone instead of waiting for the cashier. Who has
/// the slip may pay it, so its code opens the page.
/// </summary>
public static class SlipPages
{
    private const int KeyBytes = 16;

    extension(Session.Opened session)
    {
        /// <summary>What the session's page says; null for a session that has none.</summary>
        public HostedTerms? PageTerms => session.Opening switch
        {
            { Hosted: { } terms } => terms,
            { SlipCode: not null } => session.TermsOfSlip(),
            _ => null,
        };

        /// <summary>
        /// The secret of the page's address; null for a session that has no page. A slip's is made from its code, which
        /// nobody finds from it: a browser keeps addresses.
        /// </summary>
        public string? PageKey => session.Opening switch
        {
            { Hosted: { } terms } => terms.PageKey,
            { SlipCode: { } code } =>
                Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(code)).AsSpan(0, KeyBytes)),
            _ => null,
        };

        /// <summary>
        /// A page that can ring again and again must not keep a slip's items for ever: it rings in the slip's first
        /// lifetime only. A cashier's attempt may outlive that.
        /// </summary>
        public bool IsPastItsPage(KitchenSettings settings, DateTimeOffset now) =>
            session.Opening.SlipCode is not null && now >= session.Opening.OpenedAt + settings.SlipTimeout;

        private HostedTerms TermsOfSlip()
        {
            var opening = session.Opening;
            var ends = session switch
            {
                Session.Pending pending => pending.ExpiresAt,
                Session.Confirmed confirmed => confirmed.At,
                Session.Ended ended => ended.At,
                _ => throw new InvalidOperationException("An opened session must be pending, confirmed or ended."),
            };
            return new HostedTerms(
                SlipNumber.Of(opening.Number), session.PageKey ?? "", ClientKey: "", ChargeId: Guid.Empty,
                IsDeferred: true, opening.Currency.WireName,
                opening.Lines.Select(line => new ShopLine(line.Name, line.UnitPrice, line.Quantity)).ToSequence(),
                [HostedWords.MobileMoney], HostedRules.Pay, ends);
        }
    }

    extension(Session session)
    {
        /// <summary>
        /// Rings the guest's phone for the whole slip. As a cashier's attempt it locks the slip until the phone has
        /// answered, or for as long as a payment may take; after a no the slip can be paid as before.
        /// </summary>
        /// <param name="ids">For one payment, with the name of its push.</param>
        public Decision PaySlip(PayHosted command, SessionFacts facts, PaymentIds ids, DateTimeOffset now)
        {
            session.MustNotBeOverdue(now);
            var broken = command.Broken();
            if (session is not Session.Opened { Opening.Hosted: null, PageTerms: { } terms } opened
                || !terms.IsOpenedBy(command))
                return broken.Count > 0 ? broken : SessionRefusals.NotFound;
            if (session.AnswerTo(command.Operation) is { } answer) return answer;
            broken =
            [
                .. broken,
                .. opened.AgainstPaying(terms, command, facts.Kitchen),
                .. command.Collected is null ? Array.Empty<Refusal>() : [HostedRefusals.NothingAsked],
            ];
            if (broken.Count > 0) return broken;

            if (opened is Session.Pending { Attempt: null } && opened.IsPastItsPage(facts.Kitchen.Settings, now))
                return SessionRefusals.SlipExpired;
            if (opened is Session.Pending && ids.Pushes is not { Adapter: not null }) return MobileMoneyUnavailable;
            var payment = new PaymentRequest(
                PaymentMethod.MobileMoney, opened.Opening.Total,
                PhoneNumber: command.PhoneNumber ?? opened.Opening.CustomerPhone, Provider: command.Provider);
            return opened.Remembering(command.Operation).TakeForSlip([payment], command.By, facts.Kitchen, ids, now);
        }
    }
}
