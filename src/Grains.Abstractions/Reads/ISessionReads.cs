using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;

namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>Finds sessions in the store. When the id is known, call the session's grain instead.</summary>
public interface ISessionReads
{
    /// <summary>The sessions that match, newest first.</summary>
    Task<Page<Snapshot<Session.Opened>>> List(SessionFilter filter, PageRequest page);

    /// <summary>The slip with this code; null when there is none.</summary>
    /// <param name="kitchenId">Only of this kitchen; null for whoever has the slip.</param>
    Task<Guid?> SlipByCode(Guid? kitchenId, string slipCode);

    /// <summary>The kitchen's slips with this number, newest first, at most 10.</summary>
    Task<IReadOnlyList<Guid>> SlipsByNumber(Guid kitchenId, int number);
}

/// <summary>Which sessions to list; a null member does not filter.</summary>
/// <param name="KitchenId">
/// Null for the sessions that an app user or a bot opened, which are of several kitchens.
/// </param>
/// <param name="OpenedBy">Only sessions that this caller opened: a kiosk sees its own.</param>
/// <param name="Sale">Its number is that of a slip only.</param>
public sealed record SessionFilter(
    Guid? KitchenId,
    Guid? OpenedBy = null,
    SessionStatus? Status = null,
    SaleFilter? Sale = null,
    SaleSearch? Search = null);

/// <summary>What a guest can show of a sale, for staff who look for it; a null member does not filter.</summary>
/// <param name="Receipt">
/// The receipt of the mobile-money provider, or the reference of the push, as in the message on the guest's phone.
/// </param>
/// <param name="PhoneEnding">The last four digits of a phone that was asked to pay.</param>
/// <param name="Number">The number that is called out, of any day of the last 400 where no day is given.</param>
/// <param name="SlipCode">The code of the slip's barcode.</param>
/// <param name="Total">The amount of the sale.</param>
/// <param name="Minute">
/// When it was opened, or paid: in this minute, or in the one before or after it, since clocks differ.
/// </param>
public sealed record SaleSearch(
    string? Receipt = null,
    string? PhoneEnding = null,
    int? Number = null,
    string? SlipCode = null,
    Money? Total = null,
    DateTimeOffset? Minute = null)
{
    public static SaleSearch Nothing { get; } = new();
}

/// <summary>A place in a list that is ordered by (time, id), newest first.</summary>
public sealed record Cursor(DateTimeOffset At, Guid Id);

/// <param name="Limit">1 to 100.</param>
/// <param name="After">Only entries older than this: the next page.</param>
/// <param name="Before">Only entries newer than this: the previous page. At most one of the two is given.</param>
public sealed record PageRequest(int Limit, Cursor? After = null, Cursor? Before = null);

/// <param name="HasMore">There are more entries in the requested direction.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, bool HasMore);
