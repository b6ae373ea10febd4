using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>A kitchen's tables with their QR codes. Guests exchange a code for a token, valid for one visit.</summary>
public interface ITables
{
    /// <summary>In the order of their numbers, those switched off included.</summary>
    Task<IReadOnlyList<DiningTable>> List(Guid kitchenId);

    Task<Reply<DiningTable>> Add(Guid kitchenId, string number, Operation? operation);

    Task<Reply<DiningTable>> Find(Guid kitchenId, Guid tableId);

    /// <summary>Switches a table on or off. Off ends the visits of its guests at once.</summary>
    Task<Reply<DiningTable>> Switch(Guid kitchenId, Guid tableId, bool active);

    /// <summary>Gives the table another code; the old code, and visits that began with it, become invalid.</summary>
    Task<Reply<DiningTable>> Rotate(Guid kitchenId, Guid tableId, Operation? operation);

    /// <summary>Exchanges a code for a guest's token.</summary>
    Task<Reply<TableVisit>> Visit(string code);
}

/// <param name="Token">Valid until the visit is over. Shown only here.</param>
public sealed record TableVisit(
    Guid KitchenId, string KitchenName, string TableNumber, bool LiveMode, string Token, DateTimeOffset ExpiresAt);
