using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using JikoXpress.Domain;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;

namespace JikoXpress.WebApi.Management;

// The queries for the API document; the endpoints read them.

/// <param name="Phone">Only the customer with this number.</param>
internal sealed record ListCustomersQuery([RegularExpression(Patterns.Phone)] string? Phone) : PageQuery;

/// <param name="Currency">Of the kitchens; the platform's own accounts are in TZS.</param>
internal sealed record TrialBalanceQuery([DefaultValue("TZS")] Currency? Currency);

/// <param name="MenuId">Only the movements of this item.</param>
internal sealed record ListStockMovementsQuery(Guid? MenuId) : PageQuery;

/// <param name="Link">
/// The text before the code, such as https://order.example/t/ for a link that guests' phones open.
/// </param>
internal sealed record DrawTableQuery([Length(0, TableEndpoints.LongestLink)] string? Link);
