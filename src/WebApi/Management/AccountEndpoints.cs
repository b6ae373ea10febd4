using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using static JikoXpress.Domain.Kitchens.KitchenRules;
using static JikoXpress.WebApi.Management.ManagementCodes;

namespace JikoXpress.WebApi.Management;

/// <summary>App users' accounts, managed by the platform's operators.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/account", GetOwn)
            .Allow(Callers.AppUser)
            .WithTags("Account")
            .Describe("getAccount", "Get the caller's own account", "With what the balance has free and what it holds.")
            .Gives<AccountView>(200);

        api.MapPost("/account/wallet-authorizations", Authorize)
            .Allow(Callers.AppUser)
            .WithTags("Account")
            .Describe("authorizeWallet", "Make a code that pays at a till",
                "The user shows it, the till sends it as `walletAuthorization`, and one payment is taken from the "
                + "balance at once. It is good for two minutes and one payment; a new one ends the one before.")
            .HeedsNoKey("Repeated, it makes another code, and ends the one before.")
            .Takes<WalletAuthorizationBody>().Gives<WalletCodeView>(201).Refuses("amount-out-of-range");

        var accounts = api.MapGroup("/operator/accounts").WithTags("Operator");

        accounts.MapPost("", Add)
            .Allow(Callers.Operator)
            .Describe("addAccount", "Make an app account",
                "With an empty balance. A phone number has one account. Its token comes from `issueAccountToken`.")
            .Takes<NewAccountBody>().Heeds(Heading.Key, Heading.Place).Gives<AccountView>(201)
            .Refuses([.. Texts, "phone-invalid", "phone-taken"]);

        accounts.MapGet("/{id:uuid}", Get)
            .Allow(Callers.Operator)
            .Describe("getAnyAccount", "Get an app account", "With what the balance has free and what it holds.")
            .Gives<AccountView>(200);

        accounts.MapPost("/{id:uuid}/tokens", IssueToken)
            .Allow(Callers.Operator)
            .Describe("issueAccountToken", "Make a token for an app account",
                "Next to those made before. It is shown this once.")
            .TakesNothing().Heeds(Heading.Key).Gives<AccountTokenView>(201);

        accounts.MapPost("/{id:uuid}/tokens/revoke", RevokeTokens)
            .Allow(Callers.Operator)
            .Describe("revokeAccountTokens", "Revoke the tokens of an app account",
                "All of them, at once: a phone is lost.")
            .HeedsNoKey("Repeated, it also revokes tokens that were issued since.")
            .TakesNothing().Gives<AccountView>(200);

        accounts.MapPost("/{id:uuid}/top-ups", TopUp)
            .Allow(Callers.Operator)
            .Describe("topUpAccount", "Put money on an app account's balance",
                "Money that the platform's bank account has received.")
            .Takes<AmountBody>().Heeds(Heading.Key).Gives<TopUpView>(201).Refuses("amount-out-of-range");
    }

    private static Task<IResult> GetOwn(HttpContext http, IAccounts accounts) => Get(http.Principal.Id, accounts);

    private static async Task<IResult> Get(Guid id, IAccounts accounts) =>
        (await accounts.Find(id)).Shown(AccountView.Of, ManagementJson.Default.AccountView);

    private static async Task<IResult> Authorize(HttpContext http, IAccounts accounts)
    {
        var body = await JsonBody.ReadIfAny(http);
        var limit = body.As<WalletAuthorizationBody>().Limit;
        return body.Refusal(() => limit is { } largest ? WalletRules.BrokenAmount(largest, "/limit") : [])
            ?? (await accounts.Authorize(http.Principal.Id, http.Principal.LiveMode, limit)).MadeSecret(
                WalletCodeView.Of, ManagementJson.Default.WalletCodeView);
    }

    private static async Task<IResult> Add(HttpContext http, IAccounts accounts)
    {
        var body = await JsonBody.Read(http);
        var (account, operation) = (body.As<NewAccountBody>().Command(), body.Operation());
        return body.Refusal(() => WalletRules.Broken(account))
            ?? (await accounts.Add(account, operation)).Made(
                AccountView.Of, ManagementJson.Default.AccountView, view => $"/api/v1/operator/accounts/{view.Id}");
    }

    private static async Task<IResult> IssueToken(Guid id, HttpContext http, IAccounts accounts)
    {
        var body = await JsonBody.ReadIfAny(http);
        var once = body.SecretOperation();
        return body.Refusal()
            ?? (await accounts.IssueToken(id, once)).MadeSecret(
                AccountTokenView.Of, ManagementJson.Default.AccountTokenView);
    }

    private static async Task<IResult> RevokeTokens(Guid id, HttpContext http, IAccounts accounts) =>
        await JsonBody.Unwanted(http)
            ?? (await accounts.RevokeTokens(id)).Shown(AccountView.Of, ManagementJson.Default.AccountView);

    private static async Task<IResult> TopUp(Guid id, HttpContext http, IAccounts accounts)
    {
        var body = await JsonBody.Read(http);
        var (amount, operation) = (body.As<AmountBody>().Amount, body.Operation());
        return body.Refusal(() => WalletRules.BrokenAmount(amount))
            ?? (await accounts.TopUp(id, amount, http.Principal.Caller, operation)).Made(
                topUp => TopUpView.Of(topUp, Currencies.OfThePlatform), ManagementJson.Default.TopUpView);
    }
}

/// <summary>An app user to add.</summary>
/// <param name="Phone">A mobile number, one account per number; without a country's code it is of Tanzania.</param>
/// <param name="Livemode">True for a user who pays with real money.</param>
internal sealed record NewAccountBody(
    [Length(1, LongestName)] string Name,
    [RegularExpression(Patterns.Phone)] string Phone,
    [DefaultValue(false)] bool? Livemode = null)
{
    public NewAccount Command() => new(Name, Phone, Livemode ?? false);
}

/// <summary>Money that the platform's bank account has received.</summary>
/// <param name="Amount">In whole shillings.</param>
internal sealed record AmountBody(Money Amount);

/// <summary>A code to create that pays at a till.</summary>
/// <param name="Limit">The largest payment, in whole shillings.</param>
internal sealed record WalletAuthorizationBody(Money? Limit = null);
