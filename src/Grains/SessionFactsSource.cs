using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Grains;

/// <summary>Gathers what the rules need to know about the world.</summary>
public sealed class SessionFactsSource(ICatalogue catalogue, IWalletReads wallets)
{
    private static readonly IReadOnlyDictionary<Guid, Money> NoWallets = new Dictionary<Guid, Money>();

    /// <summary>The facts for a kitchen; null when there is no such kitchen.</summary>
    public async ValueTask<SessionFacts?> Gather(Guid? kitchenId, Sequence<PaymentRequest>? payments)
    {
        if (kitchenId is not { } id || await catalogue.Kitchen(id) is not { } known) return null;
        return new SessionFacts(known.Kitchen, known.Menu, await Wallets(id, payments ?? []), known.PaymentMethods);
    }

    private async ValueTask<IReadOnlyDictionary<Guid, Money>> Wallets(Guid kitchenId, Sequence<PaymentRequest> payments)
    {
        var customers = payments.Select(payment => payment.KitchenCustomerId).OfType<Guid>().Distinct().ToList();
        return customers.Count == 0 ? NoWallets : await wallets.KitchenWallets(kitchenId, customers);
    }
}
