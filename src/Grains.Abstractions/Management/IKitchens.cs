using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>The kitchens themselves: operators make them, their managers change their settings.</summary>
public interface IKitchens
{
    Task<Outcome<Kitchen>> Add(NewKitchen kitchen, Operation? operation);

    /// <summary>Refuses with not-found where there is none.</summary>
    Task<Outcome<Kitchen>> Find(Guid kitchenId);

    /// <summary>All kitchens, newest first.</summary>
    Task<Page<Stamped<Kitchen>>> List(PageRequest page);

    Task<Outcome<Kitchen>> Change(Guid kitchenId, KitchenChange change);
}

/// <summary>A thing with the moment at which it was made, by which lists are ordered.</summary>
public sealed record Stamped<T>(T Value, DateTimeOffset CreatedAt);
