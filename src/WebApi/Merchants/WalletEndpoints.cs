using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Management;
using JikoXpress.WebApi.Problems;
using static JikoXpress.Domain.Kitchens.KitchenRules;
using static JikoXpress.WebApi.Management.ManagementCodes;

namespace JikoXpress.WebApi.Merchants;

/// <summary>Merchants' wallets: what their registers have taken, statements of it, and payouts.</summary>
internal static class WalletEndpoints
{
    public static void MapWallets(this IEndpointRouteBuilder api)
    {
        var wallets = api.MapGroup("/wallets").WithTags("Registers and wallets");

        wallets.MapGet("", List)
            .Allow(Callers.MerchantReading)
            .Describe("listWallets", "List the merchant's wallets",
                "The oldest first, each with its balance. A merchant begins with one for each currency of its stores.")
            .Gives<ListView<MerchantWalletView>>(200);

        wallets.MapPost("", Add)
            .Allow(Callers.MerchantWriting)
            .Describe("addWallet", "Make a wallet",
                "To keep the takings of some registers apart from those of others. What is in it is paid out by the "
                + "platform.")
            .Takes<NewWalletBody>().Heeds(Heading.Key, Heading.Place).Gives<MerchantWalletView>(201)
            .Refuses([.. Texts, "too-many-items", "name-taken"]);

        wallets.MapGet("/{walletId:uuid}", Get)
            .Allow(Callers.MerchantReading, Callers.Operator)
            .Describe("getWallet", "Get a wallet", "With its balance: the sum of all that moved in it.")
            .Gives<MerchantWalletView>(200);

        wallets.MapGet("/{walletId:uuid}/statement", Statement)
            .Allow(Callers.MerchantReading, Callers.Operator)
            .Describe("getWalletStatement", "A wallet's statement",
                "Day by day, in the wallet's time zone. A day's closing balance is its opening balance, plus received, "
                + "less refunded, commission and paid out; it is the next day's opening balance. Without dates it is "
                + "of the last 31 days. `entries` lists what moved, with its sessions.")
            .Asks<StatementQuery>().Gives<StatementView>(200).Refuses("parameter-out-of-range");

        wallets.MapGet("/{walletId:uuid}/entries", Entries)
            .Allow(Callers.MerchantReading, Callers.Operator)
            .Describe("listWalletEntries", "List what moved in a wallet", "Newest first: the lines of a statement.")
            .Asks<EntriesQuery>().Gives<ListView<WalletEntryView>>(200);

        wallets.MapPost("/{walletId:uuid}/payouts", PayOut)
            .Allow(Callers.Operator)
            .Describe("recordPayout", "Record a payout of a wallet",
                "After the money was sent: it leaves the wallet. Never more than the wallet has. A reference counts "
                + "once for a wallet.")
            .Takes<PayoutBody>().Heeds(Heading.Key).Gives<PayoutView>(201)
            .Refuses([
                .. Texts, "amount-out-of-range", "time-in-future", "insufficient-wallet-balance",
                "payout-already-recorded",
            ]);

        wallets.MapGet("/{walletId:uuid}/payouts", Payouts)
            .Allow(Callers.MerchantReading, Callers.Operator)
            .Describe("listPayouts", "List a wallet's payouts", "Newest first, by when they were recorded.")
            .Asks<ListQuery>().Gives<ListView<PayoutView>>(200);

        api.MapGet("/operator/merchants/{merchantId:uuid}/wallets", ListOf)
            .Allow(Callers.Operator)
            .WithTags("Operator")
            .Describe("listMerchantWallets", "List a merchant's wallets", "The oldest first, each with its balance.")
            .Gives<ListView<MerchantWalletView>>(200);
    }

    private static Task<IResult> List(HttpContext http, ISettlementWallets wallets) =>
        ListOf(http.Principal.Id, wallets);

    private static async Task<IResult> ListOf(Guid merchantId, ISettlementWallets wallets) =>
        (await wallets.List(merchantId)).Shown(
            found => new ListView<MerchantWalletView>([.. found.Wallets.Select(MerchantWalletView.Of)], Paging.AllOfIt),
            HostedJson.Default.ListViewMerchantWalletView);

    private static async Task<IResult> Add(HttpContext http, ISettlementWallets wallets)
    {
        var body = await JsonBody.Read(http);
        var (plan, operation) = (body.As<NewWalletBody>().Command(), body.Operation());
        return body.Refusal(() => RegisterRules.Broken(plan))
            ?? (await wallets.Add(http.Principal.Id, plan, operation)).Made(
                MerchantWalletView.Of, HostedJson.Default.MerchantWalletView, view => $"/api/v1/wallets/{view.Id}");
    }

    private static async Task<IResult> Get(Guid walletId, HttpContext http, ISettlementWallets wallets) =>
        (await Own(walletId, http, wallets)).Shown(MerchantWalletView.Of, HostedJson.Default.MerchantWalletView);

    private static async Task<IResult> Statement(Guid walletId, HttpContext http, ISettlementWallets wallets)
    {
        var query = new Query(http);
        var (from, to) = (query.Date("startDate"), query.Date("endDate"));
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;
        if (await Own(walletId, http, wallets) is not Reply<SettlementWallet>.Accepted({ } wallet, _, _))
            return Problem.Of(RegisterRefusals.WalletNotFound);
        return (await wallets.Statement(wallet, from, to)).Shown(
            statement => StatementView.Of(wallet, statement), HostedJson.Default.StatementView);
    }

    private static async Task<IResult> Entries(Guid walletId, HttpContext http, ISettlementWallets wallets)
    {
        var query = new Query(http);
        var (from, to) = (query.Date("startDate"), query.Date("endDate"));
        var list = $"entries {walletId}";
        var asked = query.Page(list);
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;
        if (await Own(walletId, http, wallets) is not Reply<SettlementWallet>.Accepted({ } wallet, _, _))
            return Problem.Of(RegisterRefusals.WalletNotFound);
        var page = await wallets.Entries(wallet, from, to, asked);
        return page.Shown(
            Paging.Of(asked, page, list, entry => new Cursor(entry.At, entry.Id)), WalletEntryView.Of,
            HostedJson.Default.ListViewWalletEntryView);
    }

    private static async Task<IResult> PayOut(
        Guid walletId, HttpContext http, ISettlementWallets wallets, TimeProvider clock)
    {
        var body = await JsonBody.Read(http);
        var (plan, operation) = (body.As<PayoutBody>().Command(), body.Operation());
        return body.Refusal(() => RegisterRules.Broken(plan, clock.GetUtcNow()))
            ?? (await wallets.PayOut(walletId, plan, operation)).Made(PayoutView.Of, HostedJson.Default.PayoutView);
    }

    private static async Task<IResult> Payouts(Guid walletId, HttpContext http, ISettlementWallets wallets)
    {
        var query = new Query(http);
        return await query.Listed(
            $"payouts {walletId}", asked => wallets.Payouts(walletId, asked),
            payout => new Cursor(payout.RecordedAt, payout.Id), PayoutView.Of, HostedJson.Default.ListViewPayoutView,
            async () => await Own(walletId, http, wallets) is Reply<SettlementWallet>.Refused(var refusals)
                ? Problem.Of(refusals)
                : null);
    }

    /// <summary>The wallet; for merchants, unless it is another one's.</summary>
    private static Task<Reply<SettlementWallet>> Own(Guid walletId, HttpContext http, ISettlementWallets wallets) =>
        wallets.Find(walletId, http.Principal.Kind is CallerKind.Merchant ? http.Principal.Id : null);
}

/// <summary>A wallet to make.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Currency">ISO 4217; that of the stores whose registers settle into it.</param>
internal sealed record NewWalletBody([Length(1, LongestName)] string Name, Currency Currency)
{
    public SettlementWalletPlan Command() => new(Name, Currency);
}

/// <summary>A payout that was made.</summary>
/// <param name="Amount">In the smallest unit of the wallet's currency.</param>
/// <param name="Reference">The bank's, or the aggregator's.</param>
/// <param name="PaidAt">When the money was sent, RFC 3339.</param>
internal sealed record PayoutBody(
    Money Amount, [Length(1, RegisterRules.LongestReference)] string Reference, DateTimeOffset PaidAt)
{
    public PayoutPlan Command() => new(Amount, Reference, PaidAt);
}

/// <summary>A merchant's wallet, into which sales at registers settle.</summary>
/// <param name="TimeZone">A statement has its days.</param>
/// <param name="Balance">
/// In the currency's smallest unit: what waits to be paid out. Below zero after the network took back money that was
/// paid out already.
/// </param>
internal sealed record MerchantWalletView(
    Guid Id, Guid MerchantId, string Name, Currency Currency, string TimeZone, Money Balance, bool Livemode,
    DateTimeOffset CreatedAt)
{
    public string Object { get; } = "wallet";

    public static MerchantWalletView Of(SettlementWallet wallet) => new(
        wallet.Id, wallet.MerchantId, wallet.Name, wallet.Currency, wallet.TimeZone, wallet.Balance, wallet.LiveMode,
        wallet.CreatedAt);
}

/// <summary>What moved in a wallet, day by day.</summary>
internal sealed record StatementView(
    Guid WalletId, Currency Currency, DateOnly StartDate, DateOnly EndDate, Money OpeningBalance, Money ClosingBalance,
    IReadOnlyList<WalletDayView> Days)
{
    public string Object { get; } = "wallet_statement";

    public static StatementView Of(SettlementWallet wallet, WalletStatement statement) => new(
        wallet.Id, wallet.Currency, statement.Days[0].Date, statement.Days[^1].Date, statement.Days[0].OpeningBalance,
        statement.Days[^1].ClosingBalance, [.. statement.Days.Select(WalletDayView.Of)]);
}

/// <summary>One day of a statement, in the currency's smallest unit.</summary>
/// <param name="Refunded">What went back to customers, or was taken back by the network.</param>
/// <param name="Commission">The platform's; less what refunds gave back of it.</param>
internal sealed record WalletDayView(
    DateOnly Date, Money OpeningBalance, Money Received, Money Refunded, Money Commission, Money PaidOut,
    Money ClosingBalance)
{
    public static WalletDayView Of(WalletDay day) => new(
        day.Date, day.OpeningBalance, day.Received, day.Refunded, day.Commission, day.PaidOut, day.ClosingBalance);
}

/// <summary>One movement in a wallet.</summary>
/// <param name="Amount">In the currency's smallest unit; below zero for what left the wallet.</param>
/// <param name="PayoutId">For PAID_OUT. A payout has an entry for each store whose money it was.</param>
internal sealed record WalletEntryView(
    Guid Id, WalletEntryKind Kind, Money Amount, Guid StoreId, Guid? SessionId, Guid? PayoutId, DateTimeOffset At)
{
    public string Object { get; } = "wallet_entry";

    public static WalletEntryView Of(WalletEntry entry) => new(
        entry.Id, entry.Kind, entry.Amount, entry.StoreId, entry.SessionId, entry.PayoutId, entry.At);
}

/// <summary>A payout of a wallet.</summary>
/// <param name="RecordedAt">The statement has it on this day.</param>
internal sealed record PayoutView(
    Guid Id, Guid WalletId, Money Amount, string Reference, DateTimeOffset PaidAt, DateTimeOffset RecordedAt)
{
    public string Object { get; } = "payout";

    public static PayoutView Of(Payout payout) => new(
        payout.Id, payout.WalletId, payout.Amount, payout.Reference, payout.PaidAt, payout.RecordedAt);
}

// The queries for the API document; the endpoints read them.

/// <param name="StartDate">The first day; left out, 30 days before the last one.</param>
/// <param name="EndDate">The last day; left out, today.</param>
internal sealed record StatementQuery(DateOnly? StartDate, DateOnly? EndDate);

/// <param name="StartDate">The first day, in the wallet's time zone.</param>
/// <param name="EndDate">The last day, in the wallet's time zone.</param>
internal sealed record EntriesQuery(DateOnly? StartDate, DateOnly? EndDate) : PageQuery;
