using JikoXpress.Domain;

namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>
/// What every list of sales can be narrowed by: of sessions, orders, tickets and bills. A null member does not filter.
/// </summary>
/// <param name="From">Business days, both ends included.</param>
/// <param name="Currency">Of the kitchen: a caller with kitchens in several currencies sees those of one.</param>
/// <param name="Number">The number called out at the counter, which is also that of the slip.</param>
public sealed record SaleFilter(
    Channel? Channel = null,
    SessionType? SessionType = null,
    string? TableNumber = null,
    DateOnly? From = null,
    DateOnly? To = null,
    int? Number = null,
    string? ClientReference = null,
    Currency? Currency = null)
{
    /// <summary>All sales.</summary>
    public static SaleFilter None { get; } = new();
}
