using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Ports;
using JikoXpress.Payments;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Management;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Payments;

/// <summary>
/// A kitchen's own accounts at aggregators. Operators decide to which account guests' money goes: a manager signs in
/// with a PIN at a till, and whoever saw it could lead the takings elsewhere. Managers switch accounts on and off, and
/// say which comes first.
/// </summary>
internal static class PaymentAccountEndpoints
{
    /// <summary>A host that noticed a trouble may have stopped since, and does not notice its end.</summary>
    private static readonly TimeSpan NoticedWithin = TimeSpan.FromMinutes(5);

    private static readonly string[] Codes =
        ["invalid-text", "address-not-allowed", "amount-out-of-range", "secrets-key-missing"];

    public static void MapPaymentAccounts(this IEndpointRouteBuilder api)
    {
        var accounts = api.MapGroup("/kitchens/{kitchenId:uuid}/payment-accounts").WithTags("Payment accounts");

        accounts.MapGet("", List)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("listPaymentAccounts", "List a kitchen's own accounts at aggregators",
                "In the order of preference, then the removed ones. Of a secret, its last four characters are shown. A "
                + "kitchen that has none, or only removed ones, uses the installation's.")
            .Gives<ListView<PaymentAccountView>>(200);

        accounts.MapPost("", Add)
            .Allow(Callers.Operator)
            .Describe("addPaymentAccount", "Add an account at an aggregator",
                "It is of the kitchen's mode, live or test, and comes last in the order of preference. From the next "
                + "seconds on guests pay to the kitchen's own accounts, and to the installation's no more. Secrets are "
                + "stored encrypted and never shown. `docs/mobile-money.md` says which members a vendor needs.")
            .Takes<NewPaymentAccountBody>().Heeds(Heading.Key)
            .Gives<PaymentAccountView>(201)
            .Refuses([.. Codes, "field-required", "unknown-field", "name-taken", "limit-reached"]);

        accounts.MapPatch("/{accountId:uuid}", Change)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("changePaymentAccount", "Change an account at an aggregator",
                "What is left out stays. A manager may change `active` and `position` only. Not `active`: no new "
                + "payment goes to it; when all are off, the kitchen takes no mobile money.")
            .Takes<PaymentAccountChangeBody>().Gives<PaymentAccountView>(200)
            .Refuses(
                [.. Codes, "role-not-allowed", "unknown-field", "setting-out-of-range", "payment-account-removed"]);

        accounts.MapPost("/{accountId:uuid}/remove", Remove)
            .Allow(Callers.Operator)
            .Describe("removePaymentAccount", "Remove an account at an aggregator",
                "No new payment goes to it. Webhooks, queries and refunds of its payments go on, so keep its keys good "
                + "for as long as orders can be refunded. Its name is not used again.")
            .HeedsNoKey("Repeating it does no harm.")
            .TakesNothing().Gives<PaymentAccountView>(200);

        api.MapGet("/kitchens/{kitchenId:uuid}/mobile-money", Condition)
            .Allow(Callers.Staff(), Callers.Kiosk, Callers.Operator)
            .WithTags("Payments")
            .Describe("getMobileMoney", "Does mobile money work at the moment",
                "For tills and kiosks, to offer another payment first while it does not. AVAILABLE; DEGRADED: an "
                + "account has lately not answered, and others may be used for it; DOWN: none answers. UNAVAILABLE: "
                + "the kitchen has no account. It is what hosts have noticed in the last five minutes, and a hint: "
                + "payments are taken all the same.")
            .Gives<MobileMoneyView>(200);

        api.MapGet("/operator/payment-readiness", Ready)
            .Allow(Callers.Operator)
            .WithTags("Operator")
            .Describe("getPaymentReadiness", "Which live kitchens cannot take mobile money",
                "They have neither a working account of their own nor one of the installation's.")
            .Gives<PaymentReadinessView>(200);
    }

    private static async Task<IResult> List(
        Guid kitchenId, HttpContext http, IKitchens kitchens, IPaymentAccounts accounts) =>
        (IResult?)await http.Elsewhere(kitchenId, kitchens)
        ?? (await accounts.List(kitchenId)).Whole(
            PaymentAccountView.Of, PaymentAccountJson.Default.ListViewPaymentAccountView);

    private static async Task<IResult> Add(
        Guid kitchenId, HttpContext http, IKitchens kitchens, IPaymentAccounts accounts)
    {
        var body = await JsonBody.Read(http);
        var (account, operation) = (body.As<NewPaymentAccountBody>().Command(), body.Operation());
        return body.Refusal(() => PaymentAccountRules.Broken(account))
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? (await accounts.Add(kitchenId, account, operation)).Made(
                PaymentAccountView.Of, PaymentAccountJson.Default.PaymentAccountView);
    }

    private static async Task<IResult> Change(
        Guid kitchenId, Guid accountId, HttpContext http, IKitchens kitchens, IPaymentAccounts accounts)
    {
        var body = await JsonBody.Read(http);
        var change = body.As<PaymentAccountChangeBody>().Command();
        return body.Malformed
            ?? NotForManagers(http, change)
            ?? body.Broken()
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? (await accounts.Change(kitchenId, accountId, change)).Shown(
                PaymentAccountView.Of, PaymentAccountJson.Default.PaymentAccountView);
    }

    private static async Task<IResult> Remove(
        Guid kitchenId, Guid accountId, HttpContext http, IKitchens kitchens, IPaymentAccounts accounts) =>
        await JsonBody.Unwanted(http)
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? (await accounts.Remove(kitchenId, accountId)).Shown(
                PaymentAccountView.Of, PaymentAccountJson.Default.PaymentAccountView);

    private static async Task<IResult> Condition(
        Guid kitchenId, HttpContext http, IKitchens kitchens, ICatalogue catalogue, Aggregators aggregators,
        IAccountConditions conditions, TimeProvider clock)
    {
        if (await http.Elsewhere(kitchenId, kitchens) is { } elsewhere) return elsewhere;
        if (await catalogue.Kitchen(kitchenId) is not { } known) return Problem.Of(KitchenRefusals.NotFound);
        var troubled = await conditions.Troubled(clock.GetUtcNow() - NoticedWithin);
        var accounts = aggregators.Usable(known.Kitchen, known.PaymentAccounts)
            .Select(name => new MobileMoneyAccountView(
                name, troubled.GetValueOrDefault(name, AccountCondition.Available)))
            .ToList();
        return new Answer<MobileMoneyView>(
            StatusCodes.Status200OK, MobileMoneyView.Of(accounts), PaymentAccountJson.Default.MobileMoneyView);
    }

    private static async Task<IResult> Ready(IPaymentAccounts accounts, Aggregators aggregators)
    {
        var missing = await new AccountReadiness(accounts, aggregators).Missing();
        return new Answer<PaymentReadinessView>(
            StatusCodes.Status200OK, PaymentReadinessView.Of(missing), PaymentAccountJson.Default.PaymentReadinessView);
    }

    private static Problem? NotForManagers(HttpContext http, PaymentAccountChange change) =>
        change.IsOfUseOnly || http.Principal.Kind is CallerKind.Operator
            ? null
            : new Problem(
                StatusCodes.Status403Forbidden, "role-not-allowed",
                "Only operators change the settings and secrets of an account.");
}
