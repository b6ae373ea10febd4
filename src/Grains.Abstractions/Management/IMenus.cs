using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>
/// A kitchen's menu and its own payment methods. All changes apply to sales at once.
/// </summary>
public interface IMenus
{
    /// <summary>In the order of the menu.</summary>
    Task<IReadOnlyList<MenuItem>> Items(Guid kitchenId);

    /// <summary>Adds an item to the end of the menu; refuses a name that the menu has already.</summary>
    Task<Reply<MenuItem>> Add(Guid kitchenId, NewMenuItem item, Operation? operation);

    Task<Reply<MenuItem>> Change(Guid kitchenId, Guid menuId, MenuItemChange change);

    /// <summary>In order of creation, those switched off included.</summary>
    Task<IReadOnlyList<KitchenPaymentMethod>> PaymentMethods(Guid kitchenId);

    Task<Reply<KitchenPaymentMethod>> Add(Guid kitchenId, NewPaymentMethod method, Operation? operation);

    Task<Reply<KitchenPaymentMethod>> Change(Guid kitchenId, Guid methodId, PaymentMethodChange change);
}
