using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using static JikoXpress.Domain.Kitchens.KitchenRules;
using static JikoXpress.WebApi.Management.ManagementCodes;

namespace JikoXpress.WebApi.Management;

/// <summary>A kitchen's registered customers, and their prepaid balances.</summary>
internal static class CustomerEndpoints
{
    private static AllowedCaller Sellers { get; } = Callers.Staff(StaffRole.Cashier, StaffRole.Manager);

    public static void MapCustomers(this IEndpointRouteBuilder api)
    {
        var customers = api.MapGroup("/kitchens/{kitchenId:uuid}/customers").WithTags("Customers");

        customers.MapGet("", List)
            .Allow(Sellers)
            .Describe("listCustomers", "List or find customers",
                "Newest first.")
            .Asks<ListCustomersQuery>().Gives<ListView<CustomerView>>(200).Refuses("phone-invalid");

        customers.MapPost("", Add)
            .Allow(Sellers)
            .Describe("addCustomer", "Add a customer", "With an empty balance. A phone number belongs to one customer.")
            .Takes<NewCustomerBody>().Heeds(Heading.Key, Heading.Place).Gives<CustomerView>(201)
            .Refuses([.. Texts, "phone-invalid", "phone-taken"]);

        customers.MapGet("/{customerId:uuid}", Get)
            .Allow(Sellers)
            .Describe("getCustomer", "Get a customer", "With what the balance has free and what it holds.")
            .Gives<CustomerView>(200);

        customers.MapPost("/{customerId:uuid}/top-ups", TopUp)
            .Allow(Sellers)
            .Describe("topUpCustomer", "Put money on a customer's balance",
                "Money that the caller has taken: cash into this till's drawer, by card, or on a channel of the "
                + "kitchen's own.")
            .Takes<TopUpBody>().Heeds(Heading.Key).Gives<TopUpView>(201)
            .Refuses(
                "amount-out-of-range", "payment-method-not-allowed", "kitchen-payment-method-required",
                "kitchen-payment-method-not-allowed", "kitchen-payment-method-not-found");

        customers.MapGet("/{customerId:uuid}/transactions", Transactions)
            .Allow(Sellers)
            .Describe("listCustomerTransactions", "List what moved on a customer's balance",
                "Newest first.")
            .Asks<ListQuery>().Gives<ListView<WalletMovementView>>(200);
    }

    private static async Task<IResult> List(
        Guid kitchenId, HttpContext http, IKitchens kitchens, ICustomers customers)
    {
        var query = new Query(http);
        var settings = await http.SettingsOf(kitchenId);
        var phone = query.Phone(settings.Country);
        return await query.Listed(
            $"customers {kitchenId}", asked => customers.List(kitchenId, phone, asked),
            item => new Cursor(item.CreatedAt, item.Value.Customer.Id),
            item => CustomerView.Of(item.Value, settings.Currency), ManagementJson.Default.ListViewCustomerView,
            () => http.Elsewhere(kitchenId, kitchens));
    }

    private static async Task<IResult> Add(Guid kitchenId, HttpContext http, IKitchens kitchens, ICustomers customers)
    {
        var body = await JsonBody.Read(http);
        var (customer, operation) = (body.As<NewCustomerBody>().Command(), body.Operation());
        var currency = (await http.SettingsOf(kitchenId)).Currency;
        return body.Refusal(() => WalletRules.Broken(customer))
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? (await customers.Add(kitchenId, customer, operation)).Made(
                added => CustomerView.Of(added, currency), ManagementJson.Default.CustomerView,
                view => $"/api/v1/kitchens/{kitchenId}/customers/{view.Id}");
    }

    private static async Task<IResult> Get(
        Guid kitchenId, Guid customerId, HttpContext http, IKitchens kitchens, ICustomers customers)
    {
        var currency = (await http.SettingsOf(kitchenId)).Currency;
        return await http.Elsewhere(kitchenId, kitchens)
            ?? (await customers.Find(kitchenId, customerId)).Shown(
                customer => CustomerView.Of(customer, currency), ManagementJson.Default.CustomerView);
    }

    private static async Task<IResult> TopUp(
        Guid kitchenId, Guid customerId, HttpContext http, IKitchens kitchens, ICustomers customers)
    {
        var body = await JsonBody.Read(http);
        var (topUp, operation) = (body.As<TopUpBody>().Command(), body.Operation());
        var currency = (await http.SettingsOf(kitchenId)).Currency;
        return body.Refusal(() => WalletRules.Broken(topUp))
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? (await customers.TopUp(kitchenId, customerId, topUp, http.Principal.Caller, operation)).Made(
                posted => TopUpView.Of(posted, currency), ManagementJson.Default.TopUpView);
    }

    private static async Task<IResult> Transactions(
        Guid kitchenId, Guid customerId, HttpContext http, IKitchens kitchens, ICustomers customers)
    {
        var query = new Query(http);
        var list = $"transactions {customerId}";
        var asked = query.Page(list);
        if ((query.Malformed ?? query.Broken() ?? await http.Elsewhere(kitchenId, kitchens)) is { } problem)
            return problem;

        return (await customers.Movements(kitchenId, customerId, asked)).Shown(
            page => page.View(
                Paging.Of(asked, page, list, item => new Cursor(item.At, item.Id)), WalletMovementView.Of),
            ManagementJson.Default.ListViewWalletMovementView);
    }

    /// <summary>In a query, a plus sign that is not escaped is decoded as a blank, which phones may have.</summary>
    private static string? Phone(this Query query, Country country)
    {
        if (query.Text("phone") is not { } text) return null;
        var phone = PhoneReading.Of(text, new PhonePlace(country));
        if (PhoneNumber.IsOf(phone, country)) return phone;
        query.Parsed<int>("phone", _ => null, "phone-invalid", SessionRefusals.PhoneInvalid("", country).Sentence);
        return null;
    }
}

/// <summary>A customer to register.</summary>
/// <param name="Phone">A mobile number of the kitchen's country, unique in the kitchen.</param>
internal sealed record NewCustomerBody(
    [Length(1, LongestName)] string Name, [RegularExpression(Patterns.Phone)] string Phone)
{
    public NewCustomer Command() => new(Name, Phone);
}

/// <summary>Money taken from a customer for the prepaid balance.</summary>
/// <param name="PaymentMethod">CASH (it goes into this till's drawer), CARD or KITCHEN_CHANNEL.</param>
/// <param name="Amount">In whole shillings.</param>
/// <param name="KitchenPaymentMethodId">For KITCHEN_CHANNEL only.</param>
internal sealed record TopUpBody(PaymentMethod PaymentMethod, Money Amount, Guid? KitchenPaymentMethodId = null)
{
    public TopUp Command() => new(PaymentMethod, Amount, KitchenPaymentMethodId);
}
