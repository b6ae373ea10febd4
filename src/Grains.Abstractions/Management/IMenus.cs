using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>
/// What a kitchen sells and on which channels of its own it is paid. All changes count for sales at once.
/// </summary>
public interface IMenus
{
    /// <summary>In the order of the menu.</summary>
    Task<IReadOnlyList<MenuItem>> Items(Guid kitchenId);

    /// <summary>Adds to the end of the menu; refuses a name that the menu has already.</summary>
    Task<Outcome<MenuItem>> Add(Guid kitchenId, NewMenuItem item, Operation? operation);

    Task<Outcome<MenuItem>> Change(Guid kitchenId, Guid menuId, MenuItemChange change);

    /// <summary>In the order of their making, those switched off included.</summary>
    Task<IReadOnlyList<KitchenPaymentMethod>> PaymentMethods(Guid kitchenId);

    Task<Outcome<KitchenPaymentMethod>> Add(Guid kitchenId, NewPaymentMethod method, Operation? operation);

    Task<Outcome<KitchenPaymentMethod>> Change(Guid kitchenId, Guid methodId, PaymentMethodChange change);
}
