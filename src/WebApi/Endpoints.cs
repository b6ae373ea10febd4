using JikoXpress.WebApi.Bills;
using JikoXpress.WebApi.Carts;
using JikoXpress.WebApi.Kitchens;
using JikoXpress.WebApi.Management;
using JikoXpress.WebApi.Merchants;
using JikoXpress.WebApi.Orders;
using JikoXpress.WebApi.Pages;
using JikoXpress.WebApi.Payments;
using JikoXpress.WebApi.Reports;
using JikoXpress.WebApi.Sessions;
using JikoXpress.WebApi.Shifts;
using JikoXpress.WebApi.Webhooks;

namespace JikoXpress.WebApi;

/// <summary>All the paths of the API.</summary>
internal static class Endpoints
{
    public static void MapJikoXpress(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1");
        api.MapSessions();
        api.MapSessionReads();
        api.MapPayments();
        api.MapAttestations();
        api.MapSuspensePayments();
        api.MapPaymentExceptions();
        api.MapPaymentAccounts();
        api.MapUnresolvedPayments();
        api.MapSlips();
        api.MapCart();
        api.MapCheckoutGroups();
        api.MapBills();
        api.MapShifts();
        api.MapSalesReports();
        api.MapOrders();
        api.MapTickets();
        api.MapMenus();
        api.MapStock();
        api.MapCustomers();
        api.MapStaffSessions();
        api.MapStaff();
        api.MapDevices();
        api.MapTables();
        api.MapKitchens();
        api.MapAccounts();
        api.MapBotKeys();
        api.MapMerchants();
        api.MapAppTokens();
        api.MapHosted();
        api.MapWebhookSubscriptions();
        api.MapWebhookCallback();
        api.MapEvents();
        routes.MapHostedPage();
        routes.MapCheckoutPage();
        routes.MapLinkPages();
        routes.MapAssets();
        api.MapRegisters();
        routes.MapRegisterPages();
        api.MapWallets();
        api.MapPaymentLinks();
        routes.MapLinkPage();
        api.MapSubscriptions();
        api.MapOperator();
        api.MapAudit();
        routes.MapPaymentWebhooks();
        routes.MapTillNotifications();
    }
}
