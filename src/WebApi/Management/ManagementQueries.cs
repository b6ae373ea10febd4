using System.ComponentModel.DataAnnotations;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Documentation;

namespace JikoXpress.WebApi.Management;

// The queries as the API's document describes them; the endpoints read them.

/// <param name="Phone">Only the customer with this number.</param>
internal sealed record ListCustomersQuery([RegularExpression(Patterns.Phone)] string? Phone) : PageQuery;

/// <param name="MenuId">Only the movements of this item.</param>
internal sealed record ListStockMovementsQuery(Guid? MenuId) : PageQuery;

/// <param name="Link">
/// What comes before the code, such as https://order.example/t/ for the guests' phones to open.
/// </param>
internal sealed record DrawTableQuery([Length(0, TableEndpoints.LongestLink)] string? Link);
