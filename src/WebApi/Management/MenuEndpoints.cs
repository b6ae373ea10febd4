using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;
using static JikoXpress.Domain.Kitchens.KitchenRules;
using static JikoXpress.WebApi.Management.ManagementCodes;

namespace JikoXpress.WebApi.Management;

/// <summary>A kitchen's menu.</summary>
internal static class MenuEndpoints
{
    public static void MapMenus(this IEndpointRouteBuilder api)
    {
        api.MapGet("/menu", GetOwn)
            .Allow(Callers.Staff(), Callers.Till, Callers.Kiosk, Callers.TableGuest)
            .WithTags("Menu")
            .Describe("getMenu", "Get the menu of the caller's own kitchen",
                "In the order of the menu, with what is left of each item, for a till or a kiosk to show.")
            .Gives<ListView<MenuItemView>>(200);

        var menu = api.MapGroup("/kitchens/{kitchenId:uuid}/menu").WithTags("Menu");

        menu.MapGet("", Get)
            .Allow(Callers.Staff(), Callers.Kiosk, Callers.AppUser, Callers.Bot, Callers.Operator)
            .Describe("getKitchenMenu", "Get a kitchen's menu",
                "In the order of the menu, items switched off included, with what is left of each.")
            .Gives<ListView<MenuItemView>>(200);

        menu.MapPost("", Add)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("addMenuItem", "Put an item on the menu", "At its end. It can be sold at once.")
            .Takes<NewMenuItemBody>().Heeds(Heading.Key).Gives<MenuItemView>(201)
            .Refuses([.. Texts, "amount-out-of-range", "name-taken", "limit-reached"]);

        menu.MapPatch("/{menuId:uuid}", Change)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("changeMenuItem", "Change an item of the menu",
                "A new price counts for sessions that are opened from now on; with `available` false the item "
                + "cannot be ordered.")
            .Takes<MenuItemChangeBody>().Gives<MenuItemView>(200)
            .Refuses([.. Texts, "amount-out-of-range", "name-taken"]);
    }

    private static Task<IResult> GetOwn(HttpContext http, IKitchens kitchens, IMenus menus, IGrainFactory grains) =>
        Get(http.Principal.KitchenId ?? Guid.Empty, http, kitchens, menus, grains);

    private static async Task<IResult> Get(
        Guid kitchenId, HttpContext http, IKitchens kitchens, IMenus menus, IGrainFactory grains)
    {
        if (await http.Elsewhere(kitchenId, kitchens) is { } elsewhere) return elsewhere;
        var settings = await http.SettingsOf(kitchenId);
        var levels = (await grains.Inventory(kitchenId).Levels()).ToDictionary(level => level.MenuId);
        return (await menus.Items(kitchenId)).Whole(
            item => MenuItemView.Of(item, levels.GetValueOrDefault(item.Id), settings),
            ManagementJson.Default.ListViewMenuItemView);
    }

    private static async Task<IResult> Add(Guid kitchenId, HttpContext http, IKitchens kitchens, IMenus menus)
    {
        var body = await JsonBody.Read(http);
        var (item, operation) = (body.As<NewMenuItemBody>().Command(), body.Operation());
        var currency = (await http.SettingsOf(kitchenId)).Currency;
        return body.Refusal(() => MenuRules.Broken(item))
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? (await menus.Add(kitchenId, item, operation)).Made(
                added => MenuItemView.Of(added, currency), ManagementJson.Default.MenuItemView);
    }

    private static async Task<IResult> Change(
        Guid kitchenId, Guid menuId, HttpContext http, IKitchens kitchens, IMenus menus)
    {
        var body = await JsonBody.Read(http);
        var change = body.As<MenuItemChangeBody>().Command();
        var currency = (await http.SettingsOf(kitchenId)).Currency;
        return body.Refusal(() => MenuRules.Broken(change))
            ?? await http.Elsewhere(kitchenId, kitchens)
            ?? (await menus.Change(kitchenId, menuId, change)).Shown(
                item => MenuItemView.Of(item, currency), ManagementJson.Default.MenuItemView);
    }
}

/// <summary>A menu item to add.</summary>
/// <param name="Name">Unique on the menu.</param>
/// <param name="Price">In whole shillings.</param>
/// <param name="Category">The heading on the menu under which it is listed.</param>
/// <param name="Available">False: it cannot be ordered yet.</param>
internal sealed record NewMenuItemBody(
    [Length(1, LongestName)] string Name,
    Money Price,
    [Length(1, MenuRules.LongestCategory)] string Category,
    [DefaultValue(true)] bool? Available = null)
{
    public NewMenuItem Command() => new(Name, Price, Category, Available ?? true);
}

/// <summary>Changes of a menu item; they apply from the next sale.</summary>
/// <param name="Price">In whole shillings.</param>
/// <param name="Available">False: it is switched off, and cannot be ordered.</param>
internal sealed record MenuItemChangeBody(
    [Length(1, LongestName)] string? Name = null,
    Money? Price = null,
    [Length(1, MenuRules.LongestCategory)] string? Category = null,
    bool? Available = null)
{
    public MenuItemChange Command() => new(Name, Price, Category, Available);
}
