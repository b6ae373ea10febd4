using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.Grains.Abstractions.Management;

// The web API knows the store by the interfaces of this folder and of Reads, though most have one implementation: so it
// cannot run SQL, the store's classes stay internal, and the API's tests run without a database, over stand-ins.

/// <summary>The kitchens. Operators create them; their managers change the settings.</summary>
public interface IKitchens
{
    Task<Reply<Kitchen>> Add(NewKitchen kitchen, Operation? operation);

    /// <summary>Refuses with not-found when there is no such kitchen.</summary>
    Task<Reply<Kitchen>> Find(Guid kitchenId);

    /// <summary>All kitchens, newest first.</summary>
    Task<Page<Stamped<Kitchen>>> List(PageRequest page);

    Task<Reply<Kitchen>> Change(Guid kitchenId, KitchenChange change);

    /// <summary>Sets the platform's commission for sessions that are opened from now on.</summary>
    Task<Reply<Kitchen>> SetCommission(Guid kitchenId, CommissionRates rates);
}

/// <summary>A value with its creation time, by which lists are ordered.</summary>
public sealed record Stamped<T>(T Value, DateTimeOffset CreatedAt);
