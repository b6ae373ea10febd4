using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
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
            { SlipCode: { } code } => session.TermsOfSlip(code),
            _ => null,
        };

        private HostedTerms TermsOfSlip(string code)
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
                SlipNumber.Of(opening.Number), KeyOf(code), ClientKey: "", ChargeId: Guid.Empty, IsDeferred: true,
                opening.Currency.WireName,
                opening.Lines.Select(line => new ShopLine(line.Name, line.UnitPrice, line.Quantity)).ToSequence(),
                [HostedWords.MobileMoney], HostedRules.Pay, ends);
        }
    }

    extension(Session session)
    {
        /// <summary>
        /// Rings the guest's phone for the whole slip. As a cashier's attempt it locks the slip until the phone has
        /// answered, or for as long as a payment may take; after a no the slip can be paid as before. A page that can
        /// ring again and again must not keep the items for ever: it rings only in the slip's first lifetime.
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

            if (opened is Session.Pending { Attempt: null }
                && now >= opened.Opening.OpenedAt + facts.Kitchen.Settings.SlipTimeout)
                return SessionRefusals.SlipExpired;
            if (opened is Session.Pending && ids.Pushes is not { Adapter: not null }) return MobileMoneyUnavailable;
            var payment = new PaymentRequest(
                PaymentMethod.MobileMoney, opened.Opening.Total,
                PhoneNumber: command.PhoneNumber ?? opened.Opening.CustomerPhone, Provider: command.Provider);
            return opened.Remembering(command.Operation).TakeForSlip([payment], command.By, facts.Kitchen, ids, now);
        }
    }

    /// <summary>The secret of the page's address, which a browser keeps: from it nobody finds the code.</summary>
    private static string KeyOf(string slipCode) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(slipCode)).AsSpan(0, KeyBytes));
}
