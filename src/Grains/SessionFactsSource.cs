using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Grains;

/// <summary>Reads the facts that the rules need: kitchen, menu, payment methods and wallets.</summary>
/// <param name="receipts">Null where nothing is known of any receipt.</param>
/// <param name="links">Null where there are no payment links.</param>
/// <param name="registers">Null where no store has a register.</param>
public sealed class SessionFactsSource(
    ICatalogue catalogue, IWalletReads wallets, IAggregators aggregators, IPaymentShifts shifts,
    IRefundReads refunds, IChannelReceipts? receipts = null, IRegisterReads? registers = null,
    IPaymentLinkReads? links = null)
{
    private static readonly IReadOnlyDictionary<Guid, Money> NoWallets = new Dictionary<Guid, Money>();

    /// <summary>
    /// The facts for a session that a caller wants to open; null when there is no such kitchen in the caller's mode
    /// (live or test).
    /// </summary>
    public async ValueTask<SessionFacts?> Gather(OpenSession command) =>
        await Gather(command.By.KitchenId ?? command.KitchenId, command.Payments) is { } facts
        && (command.LiveMode ?? facts.Kitchen.LiveMode) == facts.Kitchen.LiveMode
            ? facts
            : null;

    /// <summary>The register that a session is opened at; null if none is named, or there is no such one.</summary>
    public async ValueTask<KnownRegister?> Register(OpenHosted command, Guid storeId) =>
        command.CheckoutId is { } number && registers is not null ? await registers.Find(storeId, number) : null;

    /// <summary>The facts for payments of a session; null when it is not open and the caller has no kitchen.</summary>
    public ValueTask<SessionFacts?> Gather(Session session, Caller by, Sequence<PaymentRequest>? payments) =>
        Gather((session as Session.Opened)?.Opening.KitchenId ?? by.KitchenId, payments);

    /// <summary>The payment link that an opening names, from the rows; null when there is none.</summary>
    public async ValueTask<PaymentLink?> LinkOf(OpenHosted command) =>
        links is not null && command.PaymentLinkId is { } id ? await links.Find(id) : null;

    /// <summary>The facts for a kitchen; null when there is no such kitchen.</summary>
    public async ValueTask<SessionFacts?> Gather(Guid? kitchenId, Sequence<PaymentRequest>? payments)
    {
        if (kitchenId is not { } id || await catalogue.Kitchen(id) is not { } known) return null;
        var currencies = aggregators.Currencies(known.Kitchen.LiveMode);
        return new SessionFacts(
            known.Kitchen, known.Menu, await Wallets(id, payments ?? []), known.PaymentMethods,
            // Most sales are paid in cash: no account is looked for then.
            TakesMobileMoney: payments?.Any(IsMobileMoney) is false
                || await TakesMobileMoney(known.Kitchen, known.PaymentAccounts, currencies),
            MobileMoneyIn: currencies,
            Accounts: Accounts(known, payments ?? []))
        {
            PaymentAccounts = known.PaymentAccounts,
            TakesCards = aggregators.CardAccountFor(known.Kitchen) is not null,
        };
    }

    /// <summary>The payments, with all that is known of their wallet codes, methods and receipts.</summary>
    public async ValueTask<Sequence<PaymentRequest>?> Resolve(Sequence<PaymentRequest>? payments, SessionFacts facts)
    {
        var authorized = await Authorized(payments, facts.Kitchen);
        if (authorized is null || authorized.All(payment => payment.KitchenPaymentMethodId is null)) return authorized;
        var placed = authorized
            .Select(payment => payment.KitchenPaymentMethodId is { } id
                && facts.PaymentMethods.TryGetValue(id, out var method)
                    ? payment with { Channel = OwnChannel.Of(method, facts.Kitchen.Id) }
                    : payment)
            .ToList();
        var named = placed.Select(ReceiptOf).OfType<TillReceipt>().ToList();
        if (named.Count == 0 || receipts is null) return placed.ToSequence();
        var known = await receipts.Known(named);
        return placed
            .Select(payment => ReceiptOf(payment) is { } receipt
                ? payment with { Known = known.GetValueOrDefault(receipt) }
                : payment)
            .ToSequence();
    }

    /// <summary>What is known of the receipt that a cashier attests for a pending payment.</summary>
    public async ValueTask<KnownReceipt?> Known(Session session, AttestPayment command)
    {
        if (receipts is null || session.ChannelOf(command.PaymentId) is not { } channel
            || ReceiptCode.Of(command.Receipt) is not { } code)
            return null;
        var receipt = new TillReceipt(TillNames.ReceiptsOf(channel.Adapter), code);
        return (await receipts.Known([receipt])).GetValueOrDefault(receipt);
    }

    /// <summary>
    /// As it is when several kitchens are paid with one payment, or a register's wallet: the kitchens' own accounts are
    /// out of the question, since the money would not be where it is settled from.
    /// </summary>
    public async ValueTask<SessionFacts> InCompany(SessionFacts facts) => facts.PaymentAccounts is null
        ? facts
        : facts with
        {
            PaymentAccounts = null,
            TakesMobileMoney = await TakesMobileMoney(
                facts.Kitchen, own: null, aggregators.Currencies(facts.Kitchen.LiveMode)),
        };

    /// <summary>Names for one more push of a session; null when there is no account for it.</summary>
    public async ValueTask<Pushes?> PushesFor(Session session, IIds ids)
    {
        if (session is not Session.Opened { Opening: var opening }
            || await catalogue.Kitchen(opening.KitchenId) is not { } known
            || known.Kitchen.Settings.Currency != opening.Currency) return null;
        var own = opening.IsPaidToPlatform ? null : known.PaymentAccounts;
        return ids.Pushes(await aggregators.AccountFor(known.Kitchen, own, isForPush: true), known.Kitchen, count: 1);
    }

    /// <summary>Names for one card page of a session; null when there is no gateway for it.</summary>
    public async ValueTask<Pushes?> CardPageFor(Session session, IIds ids) =>
        session is Session.Opened { Opening: var opening }
        && await catalogue.Kitchen(opening.KitchenId) is { Kitchen: var kitchen }
        && kitchen.Settings.Currency == opening.Currency
            ? ids.Pushes(aggregators.CardAccountFor(kitchen), kitchen, count: 1)
            : null;

    private static bool IsMobileMoney(PaymentRequest payment) => payment.PaymentMethod is PaymentMethod.MobileMoney;

    /// <summary>In a test kitchen without any account, payments by phone wait until they expire.</summary>
    private async ValueTask<bool> TakesMobileMoney(
        Kitchen kitchen, Sequence<string>? own, Sequence<Currency> currencies) =>
        (!kitchen.LiveMode && own is null && currencies.Count == 0)
        || await aggregators.AccountFor(kitchen, own, isForPush: false) is not null;

    /// <summary>The payments, each with the authorization behind its wallet code, if the code is valid.</summary>
    private async ValueTask<Sequence<PaymentRequest>?> Authorized(Sequence<PaymentRequest>? payments, Kitchen kitchen)
    {
        var codes = (payments ?? []).Select(payment => payment.WalletAuthorization).OfType<string>().ToList();
        if (payments is null || codes.Count == 0) return payments;
        var known = await wallets.Authorizations(codes, kitchen.LiveMode);
        return payments
            .Select(payment => payment with
            {
                Authorized = known.GetValueOrDefault(payment.WalletAuthorization ?? ""),
            })
            .ToSequence();
    }

    /// <summary>What to do with the money of a report that arrives too late for its session.</summary>
    public async ValueTask<LateMoney> Late(Session session, PaymentReport report)
    {
        // Money for a group of kitchens goes back: no single kitchen may credit it to a balance or decide about it.
        if (session is not Session.Opened { Opening.Group: null } opened
            || report.Outcome is not PaymentOutcome.Succeeded
            || await catalogue.Kitchen(opened.Opening.KitchenId) is not { Kitchen: var kitchen })
            return LateMoney.GoesBack;
        var policy = kitchen.Settings.LatePayments;
        return policy is LatePaymentPolicy.CreditKitchenWallet && opened.PayerOf(report) is { } phone
            ? new LateMoney(policy, await wallets.CustomerOf(kitchen.Id, phone))
            : new LateMoney(policy);
    }

    /// <summary>
    /// The customer whose balance a decision credits; null when it credits none, or the kitchen has no such customer.
    /// </summary>
    public async ValueTask<Guid?> Creditor(Session session, ResolveSuspense command)
    {
        if (session is not Session.Opened opened || command.Decision is not SuspenseDecision.CreditKitchenWallet)
            return null;
        var kitchen = opened.Opening.KitchenId;
        if (command.KitchenCustomerId is not { } customer)
            return opened.PhoneOf(command.Reference) is { } phone ? await wallets.CustomerOf(kitchen, phone) : null;
        var known = await wallets.KitchenWallets(kitchen, [customer]);
        return known.ContainsKey(customer) ? customer : null;
    }

    /// <summary>The facts for the correction of a payment.</summary>
    public async ValueTask<CorrectionFacts> Correction(Session session, CorrectPayment command)
    {
        if (session is not Session.Opened opened
            || opened.Payments.FirstOrDefault(payment => payment.Id == command.PaymentId) is not { } payment
            || await catalogue.Kitchen(opened.Opening.KitchenId) is not { } known)
            return new CorrectionFacts(new Dictionary<Guid, KitchenPaymentMethod>(), Shift: null);
        return new CorrectionFacts(
            known.PaymentMethods,
            payment.DeviceId is { } till ? await shifts.ShiftOf(known.Kitchen.Id, till, payment.Id) : null);
    }

    private HashSet<string>? Accounts(KitchenCatalogue known, Sequence<PaymentRequest> payments) =>
        payments.All(payment => payment.KitchenPaymentMethodId is null)
            ? null
            : known.PaymentMethods.Values
                .Select(method => method.Account)
                .OfType<string>()
                .Where(account => aggregators.Takes(account, known.Kitchen, known.PaymentAccounts))
                .ToHashSet();

    private static TillReceipt? ReceiptOf(PaymentRequest payment) =>
        payment is { Receipt: { } text, Channel: { } channel } && ReceiptCode.Of(text) is { } code
            ? new TillReceipt(TillNames.ReceiptsOf(channel.Adapter), code)
            : null;

    /// <summary>The facts for a decision about a refused refund.</summary>
    public async ValueTask<RefundFacts> OfRefund(Session session, SettleRefund command)
    {
        if (session is not Session.Opened opened) return new RefundFacts(IsRefused: false);
        var kitchen = opened.Opening.KitchenId;
        var known = command.Way is RefundWay.AnotherPhone ? await catalogue.Kitchen(kitchen) : null;
        return new RefundFacts(
            await refunds.IsRefused(command.Reference),
            known is null ? null : aggregators.PayoutAdapter(
                known.Kitchen, known.PaymentAccounts, opened.AdapterOf(command.Reference) ?? ""),
            command is { Way: RefundWay.Cash, ShiftId: { } shift } ? await refunds.Drawer(kitchen, shift) : null,
            command.Way is not RefundWay.Balance ? null
                : command.KitchenCustomerId is { } customer
                    ? (await wallets.KitchenWallets(kitchen, [customer])).ContainsKey(customer) ? customer : null
                : opened.PayerOf(command.Reference) is { } phone ? await wallets.CustomerOf(kitchen, phone) : null,
            known?.Kitchen.Settings.Country ?? Country.Tz,
            aggregators.IsOfInstallation(opened.AdapterOf(command.Reference) ?? ""));
    }

    private async ValueTask<IReadOnlyDictionary<Guid, Money>> Wallets(Guid kitchenId, Sequence<PaymentRequest> payments)
    {
        var customers = payments.Select(payment => payment.KitchenCustomerId).OfType<Guid>().Distinct().ToList();
        return customers.Count == 0 ? NoWallets : await wallets.KitchenWallets(kitchenId, customers);
    }
}
