using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Domain.Sessions.SessionRefusals;

namespace JikoXpress.Domain.Sessions;

/// <summary>Prices a session from the kitchen's menu and checks its payments against the facts.</summary>
public static class SessionQuotes
{
    /// <summary>The priced session, and all refusals. Stock is not checked here.</summary>
    public static (Quote Quote, Sequence<Refusal> Refusals) Price(OpenSession command, SessionFacts facts)
    {
        var items = command.Items ?? [];
        var payments = command.Payments ?? [];
        var unknown = items.Index().Where(item => !facts.Menu.ContainsKey(item.Item.MenuId)).ToList();
        var quote = new Quote(items
            .Where(item => facts.Menu.ContainsKey(item.MenuId))
            .Select(item => LineOf(item, facts.Menu[item.MenuId]))
            .ToSequence(), facts.Kitchen.Settings.Currency);

        Sequence<Refusal> broken =
        [
            .. SessionRules.Broken(command, facts.Kitchen.Settings.Country),
            .. unknown.Select(item => MenuItemNotFound(item.Index)),
            .. AgainstFacts(payments, facts),
            .. BillRules.Broken(command, facts.Bill),
        ];
        if (!broken.Any(refusal => refusal.Code == "quantity-out-of-range")
            && quote.Total + (facts.Bill?.Bill.Total ?? Money.Zero) > Money.Largest)
            broken = broken.With(TotalOutOfRange);
        var priced = unknown.Count == 0 && payments.Count > 0 && !broken.Any(MakesTheSumMeaningless);
        if (priced && payments.Sum(payment => payment.Amount) != quote.Total)
            broken = broken.With(PaymentsTotalMismatch(quote.Total, payments.Sum(payment => payment.Amount)));
        if (broken.Count > 0) return (quote, broken);
        return (quote, command.BillId is null || facts.Bill is not null
            ? [.. Unavailable(items, facts), .. AgainstBill(facts.Bill), .. ChannelRules.Used(payments)]
            : [BillRefusals.NotFound]);
    }

    /// <summary>A refusal for each item that the kitchen has switched off.</summary>
    public static Sequence<Refusal> Unavailable(Sequence<LineRequest> items, SessionFacts facts) => items.Index()
        .Where(item => !facts.Menu[item.Item.MenuId].Available)
        .Select(item => MenuItemUnavailable(item.Index, facts.Menu[item.Item.MenuId].Name))
        .ToSequence();

    /// <summary>The reason why a round cannot be added to its bill now, if any.</summary>
    public static Sequence<Refusal> AgainstBill(KnownBill? known) =>
        known?.Bill.NotChangeable is { } refusal ? [refusal] : [];

    /// <summary>The refusals when the kitchen does not exist: broken rules are reported first.</summary>
    public static Sequence<Refusal> WithoutKitchen(OpenSession command) =>
        SessionRules.Broken(command) is { Count: > 0 } broken ? broken : [KitchenNotFound];

    /// <summary>
    /// Refusals for customers, payment methods and codes that are not valid, and for wallets with too little money.
    /// </summary>
    public static IEnumerable<Refusal> AgainstFacts(Sequence<PaymentRequest> payments, SessionFacts facts)
    {
        for (var place = 0; place < payments.Count; place++)
        {
            var payment = payments[place];
            if (payment.KitchenCustomerId is { } customer && !facts.Wallets.ContainsKey(customer))
                yield return KitchenCustomerNotFound(place);
            if (payment.WalletAuthorization is not null && !IsGood(payments, place))
                yield return PaymentRefusals.WalletAuthorizationInvalid(place);
            if (payment.KitchenPaymentMethodId is not { } method) continue;
            if (!(facts.PaymentMethods.TryGetValue(method, out var known) && known.Active))
            {
                yield return KitchenPaymentMethodNotFound(place);
                continue;
            }

            foreach (var refusal in ChannelRules.AgainstFacts(payment, place, known, facts)) yield return refusal;
        }

        foreach (var refusal in OfThePlace(payments, facts)) yield return refusal;

        // Payments from the same wallet are added up.
        foreach (var (customer, available) in facts.Wallets)
        {
            var asked = payments.Index().Where(payment => payment.Item.KitchenCustomerId == customer).ToList();
            if (asked.Count > 0 && asked.All(payment => IsReasonable(payment.Item.Amount))
                && asked.Sum(payment => payment.Item.Amount) > available)
                yield return InsufficientWalletBalance(available, $"/payments/{asked[0].Index}");
        }
    }

    /// <summary>What cannot be paid in the kitchen's currency, or not by phones of its country.</summary>
    internal static IEnumerable<Refusal> OfThePlace(Sequence<PaymentRequest> payments, SessionFacts facts)
    {
        var (currency, country) = (facts.Kitchen.Settings.Currency, facts.Kitchen.Settings.Country);
        for (var place = 0; place < payments.Count; place++)
        {
            if (payments[place].PaymentMethod is PaymentMethod.PlatformWallet && currency != Currencies.OfThePlatform)
                yield return PaymentRefusals.PlatformWalletIsInShillings(currency, place);
            if (payments[place].PhoneNumber is { } phone
                && PhoneNumber.IsMobile(phone) && !PhoneNumber.IsOf(phone, country))
                yield return PhoneInvalid($"/payments/{place}/phoneNumber", country);
        }

        if (!facts.TakesMobileMoney && payments.Any(payment => payment.PaymentMethod is PaymentMethod.MobileMoney))
            yield return facts.MobileMoneyIn is { Count: > 0 } others
                ? PaymentRefusals.MobileMoneyUnavailableIn(currency, country, others)
                : PaymentRefusals.MobileMoneyUnavailable;
    }

    /// <summary>A code is valid for one payment only, up to its limit.</summary>
    private static bool IsGood(Sequence<PaymentRequest> payments, int place) =>
        payments[place].Authorized is { } authorized
        && (authorized.Limit is null || payments[place].Amount <= authorized.Limit)
        && payments.Take(place).All(other => other.Authorized?.Id != authorized.Id);

    private static bool IsReasonable(Money amount) => amount > Money.Zero && amount <= Money.Largest;

    private static bool MakesTheSumMeaningless(Refusal refusal) =>
        refusal.Code is "amount-out-of-range" or "quantity-out-of-range" or "payments-not-allowed"
            or "too-many-payments";

    internal static Line LineOf(LineRequest item, MenuItem dish) =>
        new(dish.Id, dish.Name, item.Quantity, dish.Price, item.ItemInstructions);
}
