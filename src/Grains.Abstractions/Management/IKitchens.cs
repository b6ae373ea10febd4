using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>The kitchens. Operators create them; their managers change the settings.</summary>
public interface IKitchens
{
    Task<Outcome<Kitchen>> Add(NewKitchen kitchen, Operation? operation);

    /// <summary>Refuses with not-found when there is no such kitchen.</summary>
    Task<Outcome<Kitchen>> Find(Guid kitchenId);

    /// <summary>All kitchens, newest first.</summary>
    Task<Page<Stamped<Kitchen>>> List(PageRequest page);

    Task<Outcome<Kitchen>> Change(Guid kitchenId, KitchenChange change);
}

/// <summary>A value with its creation time, by which lists are ordered.</summary>
public sealed record Stamped<T>(T Value, DateTimeOffset CreatedAt);
