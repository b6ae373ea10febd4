using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Documentation;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Demo;

/// <summary>The services from which the demo reads its data.</summary>
internal sealed record DemoDoors(
    IKitchens Kitchens, IMenus Menus, IStaff Staff, IDevices Devices, ITables Tables, ICustomers Customers,
    IAccounts Accounts, IGrainFactory Grains);

/// <summary>GET /demo: the demo's current data with working credentials. Only where the demo is on.</summary>
internal static class DemoEndpoint
{
    /// <summary>Adds the demo. It shows working credentials to anyone, so it is refused in Production.</summary>
    /// <exception cref="InvalidOperationException">This is Production.</exception>
    public static void AddDemo(this WebApplicationBuilder builder)
    {
        if (builder.Environment.IsProduction())
        {
            throw new InvalidOperationException(
                "JIKO_DEMO is true, and the demo shows working credentials to everybody: it does not "
                + "run in Production. Leave JIKO_DEMO out, or set ASPNETCORE_ENVIRONMENT to Development.");
        }

        builder.Services.AddSingleton<DemoSetup>();
        builder.Services.AddSingleton<DemoDoors>();
        builder.Services.AddSingleton<DemoTokens>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<DemoTokens>());
    }

    public static void MapDemo(this IEndpointRouteBuilder routes)
    {
        var demo = routes.MapGroup("/demo").WithTags("Demo");

        demo.MapGet("", Get)
            .AllowAnyone()
            .Describe("getDemo", "What there is to try",
                "The demo's kitchens with menus, staff, devices and customers, and tokens that work now. 404 where the "
                + "demo is off.")
            .Gives<DemoView>(200).Refuses("not-found");

        demo.MapGet("/env", GetVariables)
            .AllowAnyone()
            .Describe("getDemoVariables", "The same for a shell",
                "The first kitchen's ids and tokens as assignments: eval \"$(curl -s .../demo/env)\".")
            .Produces<string>(StatusCodes.Status200OK, "text/plain").Refuses("not-found");
    }

    private static async Task<IResult> Get(DemoTokens tokens, DemoDoors doors) => await Look(tokens, doors) is { } demo
        ? new Answer<DemoView>(StatusCodes.Status200OK, demo, DemoJson.Default.DemoView)
        : FrameworkProblems.NotFound;

    private static async Task<IResult> GetVariables(DemoTokens tokens, DemoDoors doors) =>
        await Look(tokens, doors) is { } demo
            ? TypedResults.Text(DemoShell.Variables(demo))
            : FrameworkProblems.NotFound;

    /// <summary>The demo's current data; null if the demo is off.</summary>
    private static async Task<DemoView?> Look(DemoTokens tokens, DemoDoors doors) =>
        await tokens.Fresh() is { OperatorKey: { } operatorKey } secrets
            ? new DemoView(
                await Each(secrets.Kitchens, doors.Show), await Each(secrets.Accounts, doors.Show), secrets.Bot?.Token,
                operatorKey, secrets.Merchant?.Token)
            : null;

    private static async Task<DemoKitchenView> Show(this DemoDoors doors, DemoKitchenSecrets kitchen)
    {
        var levels = await doors.Grains.Inventory(kitchen.Id).Levels();
        var stock = levels.ToDictionary(level => level.MenuId, level => (int?)level.Available);
        var members = (await doors.Staff.List(kitchen.Id)).ToDictionary(member => member.Id);
        var devices = (await doors.Devices.List(kitchen.Id)).ToDictionary(device => device.Id);
        return new DemoKitchenView(
            kitchen.Id,
            Known(await doors.Kitchens.Find(kitchen.Id)).Name,
            [
                .. (await doors.Menus.Items(kitchen.Id)).Select(item => new DemoMenuItemView(
                    item.Id, item.Name, item.Category, item.Price, item.Available, stock.GetValueOrDefault(item.Id))),
            ],
            [.. kitchen.Staff.Select(secret => Show(members[secret.Id], secret))],
            [.. kitchen.Devices.Select(secret => Show(devices[secret.Id], secret))],
            await Each(kitchen.Guests, guest => doors.Show(kitchen.Id, guest)),
            [
                .. (await doors.Menus.PaymentMethods(kitchen.Id))
                    .Select(method => new DemoPaymentMethodView(method.Id, method.Name)),
            ],
            [
                .. (await doors.Tables.List(kitchen.Id)).Where(table => table.Active)
                    .Select(table => new DemoTableView(table.Id, table.Number, table.Code)),
            ]);
    }

    private static DemoStaffView Show(Domain.Kitchens.StaffMember member, DemoStaffSecret secret) =>
        new(member.Id, member.Name, member.Role, member.StaffNumber, secret.Pin, secret.Token);

    private static DemoDeviceView Show(Domain.Kitchens.Device device, DemoToken secret) =>
        new(device.Id, device.Kind, device.Name, secret.Token);

    private static async Task<DemoCustomerView> Show(this DemoDoors doors, Guid kitchenId, Guid guestId)
    {
        var (customer, wallet) = Known(await doors.Customers.Find(kitchenId, guestId));
        return new DemoCustomerView(customer.Id, customer.Name, customer.Phone, wallet.Available);
    }

    private static async Task<DemoAccountView> Show(this DemoDoors doors, DemoToken secret)
    {
        var (account, wallet) = Known(await doors.Accounts.Find(secret.Id));
        return new DemoAccountView(account.Id, account.Name, account.Phone, secret.Token, wallet.Available);
    }

    private static async Task<IReadOnlyList<TView>> Each<T, TView>(IEnumerable<T> items, Func<T, Task<TView>> show)
    {
        var views = new List<TView>();
        foreach (var item in items) views.Add(await show(item));
        return views;
    }

    private static T Known<T>(Reply<T> reply) => reply is Reply<T>.Accepted(var value, _, _)
        ? value
        : throw new InvalidOperationException("A part of the demo is missing; none is ever deleted.");
}
