using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>A kitchen's tables with their QR codes. Guests trade a code for a token that is good for a visit.</summary>
public interface ITables
{
    /// <summary>In the order of their numbers, those switched off included.</summary>
    Task<IReadOnlyList<DiningTable>> List(Guid kitchenId);

    Task<Outcome<DiningTable>> Add(Guid kitchenId, string number, Operation? operation);

    Task<Outcome<DiningTable>> Find(Guid kitchenId, Guid tableId);

    /// <summary>Switches it off, which ends the visits of its guests at once, or on again.</summary>
    Task<Outcome<DiningTable>> Switch(Guid kitchenId, Guid tableId, bool active);

    /// <summary>Gives it another code: the old one, and the visits that began with it, are good for nothing.</summary>
    Task<Outcome<DiningTable>> Rotate(Guid kitchenId, Guid tableId);

    /// <summary>Trades a code for a guest's token.</summary>
    Task<Outcome<TableVisit>> Visit(string code);
}

/// <param name="Token">Good until the visit is over. Shown this once.</param>
public sealed record TableVisit(
    Guid KitchenId, string KitchenName, string TableNumber, bool LiveMode, string Token, DateTimeOffset ExpiresAt);
