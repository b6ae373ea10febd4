using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Pages.Layout;
using JikoXpress.Pages.Words;
using JikoXpress.Printing;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Hosting;
using JikoXpress.WebApi.Management;
using JikoXpress.WebApi.Pages;
using JikoXpress.WebApi.Problems;
using static JikoXpress.WebApi.Management.ManagementCodes;

namespace JikoXpress.WebApi.Merchants;

/// <summary>
/// The registers of merchants' stores, which merchants' APIs call checkouts, and what stands behind their QR codes.
/// </summary>
internal static class RegisterEndpoints
{
    private const string Png = "image/png";
    private const string Svg = "image/svg+xml";

    /// <summary>How soon a customer's browser looks again for something to pay.</summary>
    private const int SecondsToLookAgain = 3;

    private static Problem NotAcceptable { get; } = new(
        StatusCodes.Status406NotAcceptable, "not-acceptable", $"The code is given as {Png}, {Svg}.");

    public static void MapRegisters(this IEndpointRouteBuilder api)
    {
        var registers = api.MapGroup("/stores/{storeId:uuid}/checkouts").WithTags("Registers and wallets");

        registers.MapGet("", List)
            .Allow(Callers.MerchantReading)
            .Describe("listStoreCheckouts", "List a store's checkouts",
                "The store's registers, in the order of their numbers. Each has the wallet that it settles into.")
            .Gives<ListView<RegisterView>>(200).Refuses("store-not-found");

        registers.MapPost("", Add)
            .Allow(Callers.MerchantWriting)
            .Describe("addStoreCheckout", "Make a checkout in a store",
                "Its `checkoutId` counts within the store. The wallet must be the merchant's own, and of the store's "
                + "currency.")
            .Takes<NewRegisterBody>().Heeds(Heading.Key, Heading.Place).Gives<RegisterView>(201)
            .Refuses([.. Texts, "currency-not-supported", "too-many-items", "store-not-found", "wallet-not-found"]);

        registers.MapGet("/{checkoutId:int}", Get)
            .Allow(Callers.MerchantReading)
            .Describe("getStoreCheckout", "Get a checkout of a store",
                "With its wallet, and the address of its QR code.")
            .Gives<RegisterView>(200).Refuses("store-not-found", "checkout-not-found");

        registers.MapPatch("/{checkoutId:int}", Change)
            .Allow(Callers.MerchantWriting)
            .Describe("changeStoreCheckout", "Change a checkout of a store",
                "Members that are left out stay as they are. Sessions that are open settle into the wallet that they "
                + "were opened with. A checkout that is switched off opens no sessions.")
            .Takes<RegisterChangeBody>().Gives<RegisterView>(200)
            .Refuses([.. Texts, "currency-not-supported", "store-not-found", "checkout-not-found", "wallet-not-found"]);

        registers.MapGet("/{checkoutId:int}/qr", Draw)
            .Allow(Callers.MerchantReading)
            .Describe("drawStoreCheckout", "A checkout's QR code",
                "For the counter, as PNG or SVG, as Accept asks. It never changes: whoever scans it is sent to the "
                + "page of the session that was opened last at this checkout, as long as that waits to be paid.")
            .Produces<byte[]>(200, Png, Svg).Refuses("not-acceptable", "store-not-found", "checkout-not-found");
    }

    public static void MapRegisterPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/registers/{registerCode}", Page)
            .AllowAnyone()
            .WithTags("Registers and wallets")
            .Describe("getRegisterPage", "What waits behind a checkout's QR code",
                "The session that was opened last at the checkout, as its page shows it, and the page's path. Without "
                + "`session` nothing waits to be paid: ask again in a few seconds.")
            .Gives<RegisterPageView>(200).Refuses("checkout-not-found");

        routes.MapGet("/registers/{registerCode}", Visit)
            .AllowAnyone()
            .WithTags("Registers and wallets")
            .Describe("visitRegister", "Where a checkout's QR code leads",
                "A redirect to the page of the session that waits to be paid; or a page that the browser loads again "
                + "until there is one.")
            .Produces<string>(200, "text/html").Refuses("checkout-not-found");
    }

    /// <summary>404 unless the store is one of the merchant's own.</summary>
    private static Problem? NotItsStore(HttpContext http, Guid storeId) =>
        http.Principal.MayOrderFrom(storeId) ? null : Problem.Of(HostedRefusals.StoreNotFound);

    private static async Task<IResult> List(Guid storeId, HttpContext http, IRegisters registers) =>
        (IResult?)NotItsStore(http, storeId)
        ?? (await registers.List(storeId)).Whole(RegisterView.For(http), HostedJson.Default.ListViewRegisterView);

    private static async Task<IResult> Add(Guid storeId, HttpContext http, IRegisters registers)
    {
        var body = await JsonBody.Read(http);
        var (plan, operation) = (body.As<NewRegisterBody>().Command(), body.Operation());
        return body.Refusal(() => RegisterRules.Broken(plan))
            ?? NotItsStore(http, storeId)
            ?? (await registers.Add(storeId, plan, operation)).Made(
                RegisterView.For(http), HostedJson.Default.RegisterView,
                view => $"/api/v1/stores/{storeId}/checkouts/{view.CheckoutId}");
    }

    private static async Task<IResult> Get(Guid storeId, int checkoutId, HttpContext http, IRegisters registers) =>
        (IResult?)NotItsStore(http, storeId)
        ?? (await registers.Find(storeId, checkoutId)).Shown(
            RegisterView.For(http), HostedJson.Default.RegisterView);

    private static async Task<IResult> Change(Guid storeId, int checkoutId, HttpContext http, IRegisters registers)
    {
        var body = await JsonBody.Read(http);
        var change = body.As<RegisterChangeBody>().Command();
        return body.Refusal(() => RegisterRules.Broken(change))
            ?? NotItsStore(http, storeId)
            ?? (await registers.Change(storeId, checkoutId, change)).Shown(
                RegisterView.For(http), HostedJson.Default.RegisterView);
    }

    private static async Task<IResult> Draw(Guid storeId, int checkoutId, HttpContext http, IRegisters registers)
    {
        if (NotItsStore(http, storeId) is { } elsewhere) return elsewhere;
        if (await registers.Find(storeId, checkoutId) is not Reply<Register>.Accepted({ } register, _, _))
            return Problem.Of(RegisterRefusals.CheckoutNotFound);
        var link = RegisterView.For(http)(register).QrUrl;
        return AcceptHeader.Choose(http.Request, [Png, Svg]) switch
        {
            Png => Results.Bytes(QrCode.Png(link), Png),
            Svg => Results.Text(QrCode.Svg(link), Svg),
            _ => NotAcceptable,
        };
    }

    private static async Task<IResult> Page(
        string registerCode, HttpContext http, ICatalogue catalogue, TimeProvider clock)
    {
        if (await OfCode(registerCode, http) is not { } register) return Problem.Of(RegisterRefusals.CheckoutNotFound);
        var store = (await catalogue.Kitchen(register.StoreId))?.Kitchen.Name ?? "";
        var waiting = await Waiting(register, http, clock);
        return new Answer<RegisterPageView>(
            StatusCodes.Status200OK,
            new RegisterPageView(
                store, register.Description,
                waiting is null ? null : HostedViews.PathOf(waiting),
                // Whoever stands in the shop can ask this: not for them is who the customer is.
                waiting is null ? null : HostedViews.PageOf(waiting, store) with { CustomerEmail = null }),
            HostedJson.Default.RegisterPageView)
        {
            Secret = true,
        };
    }

    private static async Task<IResult> Visit(string registerCode, HttpContext http, TimeProvider clock)
    {
        if (await OfCode(registerCode, http) is not { } register) return Problem.Of(RegisterRefusals.CheckoutNotFound);
        http.Response.Headers.CacheControl = "no-store";
        if (await Waiting(register, http, clock) is { } waiting) return Results.Redirect(HostedViews.PathOf(waiting));
        http.Response.Headers["Refresh"] = $"{SecondsToLookAgain}";
        var language = http.Request.Language;
        return new PageAnswer<ProblemPage>(
            StatusCodes.Status200OK, language,
            new ProblemPageView(
                language.Words, language.Words.NothingWaits,
                $"{http.Request.Path}?{Languages.Parameter}={language.Tag}"));
    }

    private static async Task<Register?> OfCode(string code, HttpContext http) =>
        RegisterRules.IsCode(code)
        && await http.RequestServices.GetRequiredService<IRegisters>().Find(code)
            is Reply<Register>.Accepted({ } register, _, _)
                ? register
                : null;

    private static async Task<Session.Opened?> Waiting(Register register, HttpContext http, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var reads = http.RequestServices.GetRequiredService<IHostedReads>();
        return await reads.Waiting(register.StoreId, register.Number, now) is { } session
            && session.AsOf(now) is Session.Pending pending
                ? pending
                : null;
    }
}

/// <summary>A checkout to make in a store.</summary>
/// <param name="CheckoutDesc">What people call it, such as Register 1 or Self-service kiosk.</param>
/// <param name="WalletId">One of the merchant's wallets: the checkout's sales settle into it.</param>
internal sealed record NewRegisterBody(
    [Length(1, RegisterRules.LongestDescription)] string CheckoutDesc, Guid WalletId)
{
    public RegisterPlan Command() => new(CheckoutDesc, WalletId);
}

/// <summary>What to change of a checkout.</summary>
/// <param name="Active">False switches it off, true on again.</param>
internal sealed record RegisterChangeBody(
    [Length(1, RegisterRules.LongestDescription)] string? CheckoutDesc = null, Guid? WalletId = null,
    bool? Active = null)
{
    public RegisterChange Command() => new(CheckoutDesc, WalletId, Active);
}

/// <summary>A register of a store.</summary>
/// <param name="CheckoutId">Counted within the store. Name it when a session is opened.</param>
/// <param name="WalletId">The wallet into which its sales settle.</param>
/// <param name="QrUrl">What its QR code says.</param>
internal sealed record RegisterView(
    Guid MerchantId, Guid StoreId, int CheckoutId, string CheckoutDesc, Guid WalletId, bool Active, string QrUrl)
{
    public string Object { get; } = "checkout";

    /// <summary>Makes the views, with the address by which customers reach this server.</summary>
    public static Func<Register, RegisterView> For(HttpContext http) => register => new RegisterView(
        register.MerchantId, register.StoreId, register.Number, register.Description, register.WalletId,
        register.Active, $"{http.PublicAddress}/registers/{register.Code}");
}

/// <summary>What waits to be paid at a register.</summary>
/// <param name="PagePath">Where the customer pays it; left out while nothing waits.</param>
/// <param name="Session">What the customer pays; left out while nothing waits.</param>
internal sealed record RegisterPageView(
    string StoreName, string CheckoutDesc, string? PagePath, HostedPageView? Session)
{
    public string Object { get; } = "register_page";
}
