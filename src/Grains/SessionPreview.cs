using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;

namespace JikoXpress.Grains;

/// <summary>
/// The price of a session, or the reasons why it would be refused. Payments may be missing: a till asks for the price
/// before it knows them.
/// </summary>
public sealed class SessionPreview(SessionFactsSource source, IGrainFactory grains) : ISessionPreview
{
    public async Task<Reply<Quote>> Preview(OpenSession command)
    {
        var facts = await source.Gather(command);
        if (facts is null)
        {
            var broken = SessionRules.BrokenPreview(command);
            return new Reply<Quote>.Refused(broken.Count > 0 ? broken : [SessionRefusals.KitchenNotFound]);
        }

        facts = facts with { Bill = await grains.KnownBill(command.BillId, facts.Kitchen.Id) };
        var (quote, refusals) = SessionQuotes.Price(command, facts);
        refusals = refusals
            // Wallet codes are not looked up in a preview; only a sale checks and spends them.
            .Where(refusal => refusal.Code is not ("payments-required" or "wallet-authorization-invalid"))
            .ToSequence();
        if (refusals.Count == 0) refusals = SessionQuotes.Unavailable(command.Items ?? [], facts);
        if (refusals.Count > 0) return new Reply<Quote>.Refused(refusals);

        var levels = (await grains.Inventory(facts.Kitchen.Id).Levels()).ToDictionary(level => level.MenuId);
        var shortages = quote.Items
            .Where(item => levels.TryGetValue(item.MenuId, out var level) && level.Available < item.Quantity)
            .Select(item => new StockShortage(item.MenuId, item.Quantity, levels[item.MenuId].Available))
            .ToSequence();
        return shortages.Count > 0
            ? new Reply<Quote>.Refused([SessionRefusals.InsufficientStock(shortages)])
            : new Reply<Quote>.Accepted(quote, 0);
    }
}
