using System.Text;
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

namespace JikoXpress.WebApi.Reports;

/// <summary>The list of a kitchen's business day: what was sold, and how it was paid.</summary>
internal static class SalesReportEndpoints
{
    /// <summary>No kitchen has sold anything before.</summary>
    private static readonly DateOnly FirstDay = new(2020, 1, 1);

    public static void MapSalesReports(this IEndpointRouteBuilder api)
    {
        var kitchen = api.MapGroup("/kitchens/{kitchenId:uuid}").WithTags("Reports");

        kitchen.MapGet("/sales-report", Get)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("getSalesReport", "The list of a business day",
                "Sales by item, payment method, channel, staff member and hour. Everything counts on the day on which "
                + "it happened, so a day that is over does not change. The sums fit: `total.net` is the sum of "
                + "`paymentMethods[].net`, plus `bills.writtenOff`, plus `bills.unpaid`, less `bills.unpaidBefore`. "
                + "Prices include taxes; no taxes are kept apart.")
            .Asks<SalesReportQuery>().Gives<SalesReportView>(200).Refuses("parameter-out-of-range");

        kitchen.MapGet("/sales-report.csv", Export)
            .Allow(KitchenEndpoints.Managers, Callers.Operator)
            .Describe("exportSalesReport", "The list of a business day for a spreadsheet",
                "As CSV (RFC 4180) in UTF-8, with a header line. The column `section` says what a line is about, and "
                + "cells that say nothing are empty; `currency` is the kitchen's, and the amounts are in its "
                + "smallest unit. A name that a spreadsheet would take for a formula begins with an apostrophe.")
            .Asks<SalesReportQuery>().Produces<string>(200, SalesReportCsv.MediaType)
            .Refuses("parameter-out-of-range");
    }

    private static Task<IResult> Get(
        Guid kitchenId, HttpContext http, IKitchens kitchens, ISalesReports reports, TimeProvider clock) =>
        Report(kitchenId, http, kitchens, reports, clock, view => new Answer<SalesReportView>(
            StatusCodes.Status200OK, view, SalesReportJson.Default.SalesReportView));

    private static Task<IResult> Export(
        Guid kitchenId, HttpContext http, IKitchens kitchens, ISalesReports reports, TimeProvider clock) =>
        Report(kitchenId, http, kitchens, reports, clock, view =>
        {
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"sales-{view.BusinessDate:O}.csv\"";
            return Results.Text(SalesReportCsv.Of(view), SalesReportCsv.MediaType, Encoding.UTF8);
        });

    private static async Task<IResult> Report(
        Guid kitchenId, HttpContext http, IKitchens kitchens, ISalesReports reports, TimeProvider clock,
        Func<SalesReportView, IResult> show)
    {
        var query = new Query(http);
        var now = clock.GetUtcNow();
        // It is tomorrow already for a kitchen east of Greenwich.
        var asked = query.Date("date", FirstDay, DateOnly.FromDateTime(now.UtcDateTime).AddDays(1));
        if ((query.Malformed ?? query.Broken() ?? await http.Elsewhere(kitchenId, kitchens)) is { } problem)
            return problem;
        if (await kitchens.Find(kitchenId) is not Reply<Kitchen>.Accepted({ Settings: var settings }, _, _))
            return Problem.Of(KitchenRefusals.NotFound);

        var date = asked ?? settings.BusinessDateOf(now);
        var (since, until) = (settings.StartOf(date), settings.StartOf(date.AddDays(1)));
        return show(SalesReportView.Of(
            date, since, until, await reports.Of(kitchenId, settings.TimeZone, since, until),
            settings.Currency));
    }
}

/// <param name="Date">The business day, which begins at the kitchen's `dayStartsAt`; today if left out.</param>
internal sealed record SalesReportQuery(DateOnly? Date);
