using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using static JikoXpress.Domain.Merchants.LinkRefusals;

namespace JikoXpress.Domain.Merchants;

/// <summary>What a session keeps of the link that it comes from.</summary>
/// <param name="Entered">What the visitor entered before the session was opened.</param>
public sealed record LinkOrigin(
    Guid Id, Sequence<CustomField>? CustomFields = null, bool CollectsName = false, bool CollectsPhone = false,
    CollectedDetails? Entered = null, string? SuccessMessage = null);

/// <summary>Whether a session of a link is open, paid or over: the link counts its places by this.</summary>
public enum LinkSessionState { Open = 1, Paid, Ended }

/// <summary>How a session is opened from a link.</summary>
public static class LinkSessions
{
    extension(OpenHosted command)
    {
        /// <summary>The opening with all that the link says; or what stands against it.</summary>
        public (OpenHosted Opening, Sequence<Refusal> Refusals) From(PaymentLink? link, DateTimeOffset now)
        {
            if (command.PaymentLinkId is null) return (command, []);
            if (link is null || link.MerchantId != command.By.Id || link.LiveMode != command.LiveMode)
                return (command, [NotFound]);
            var terms = link.Terms;
            Sequence<Refusal> broken =
            [
                .. AmountOf(command, terms),
                .. QuantitiesOf(command, terms.LineItems),
                .. command.IsVisitor
                    ? LinkRules.Entered(OriginOf(link, command), command.Entered, "/customFields", "/customerDetails")
                    : [],
            ];
            if (broken.Count > 0) return (command, broken);
            if (link.StatusAt(now) is LinkStatus.Full) return (command, [Full]);
            if (link.StatusAt(now) is not LinkStatus.Open) return (command, [Closed]);
            return (
                command with
                {
                    StoreId = link.StoreId,
                    Currency = command.Currency ?? link.Currency,
                    Amount = terms.OpenAmount is null ? terms.Amount : command.Amount,
                    LineItems = LinesOf(command, terms.LineItems),
                    Description = terms.Description,
                    SubmitType = terms.SubmitType,
                    SuccessUrl = terms.SuccessUrl,
                    CancelUrl = terms.CancelUrl,
                    CallbackUrl = terms.CallbackUrl,
                    Metadata = command.Metadata ?? terms.Metadata,
                    ExpiresInSeconds = command.ExpiresInSeconds ?? terms.SessionSeconds
                        ?? (int)LinkRules.UsualLife.TotalSeconds,
                    CustomerPhone = command.CustomerPhone ?? command.Entered?.PhoneNumber,
                    CustomerEmail = command.CustomerEmail ?? command.Entered?.Email,
                    Link = OriginOf(link, command),
                },
                []);
        }
    }

    extension(Session.Opened session)
    {
        /// <summary>What the link of the session is told of a commit; nothing where the session has no link.</summary>
        /// <param name="before">The session before the commit.</param>
        public Sequence<Effect> HeardByItsLink(Session before)
        {
            if (session.Opening.Hosted is not { Link: { } link }) return [];
            var state = session switch
            {
                Session.Pending => LinkSessionState.Open,
                Session.Confirmed => LinkSessionState.Paid,
                _ => LinkSessionState.Ended,
            };
            var isNews = state is LinkSessionState.Open ? before is Session.NotOpened : before is Session.Pending;
            return isNews ? [new Effect.CountLinkSession(link.Id, session.Id, state)] : [];
        }
    }

    private static LinkOrigin OriginOf(PaymentLink link, OpenHosted command) => new(
        link.Id, link.Terms.CustomFields, link.Terms.CollectsName, link.Terms.CollectsPhone, command.Entered,
        link.Terms.SuccessMessage);

    private static IEnumerable<Refusal> AmountOf(OpenHosted command, LinkTerms terms)
    {
        if (terms.OpenAmount is not var (least, most, _))
        {
            if (command.Amount is not null) yield return AmountGiven;
        }
        else if (command.Amount is not { } chosen)
        {
            yield return AmountToChoose;
        }
        else if (chosen < least || chosen > most)
        {
            yield return AmountOutOfRange("/amount", least, most);
        }
    }

    private static IEnumerable<Refusal> QuantitiesOf(OpenHosted command, Sequence<LinkLine>? lines)
    {
        if (command.Quantities is not { } chosen) yield break;
        if (chosen.Count != (lines?.Count ?? 0))
        {
            yield return QuantitiesNotAllowed(lines?.Count ?? 0);
            yield break;
        }

        foreach (var (place, line) in (lines ?? []).Index())
        {
            var (least, most) = line.IsAdjustable
                ? (line.LeastQuantity ?? line.Quantity, line.MostQuantity ?? line.Quantity)
                : (line.Quantity, line.Quantity);
            if (chosen[place] < least || chosen[place] > most)
                yield return QuantityOutOfRange($"/quantities/{place}", least, most);
        }
    }

    private static Sequence<ShopLine>? LinesOf(OpenHosted command, Sequence<LinkLine>? lines) => lines?
        .Select((line, place) => line.Times(command.Quantities is { } chosen ? chosen[place] : line.Quantity))
        .ToSequence();
}
