using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Sessions;

namespace JikoXpress.Grains.Abstractions;

/// <summary>
/// The door of an app user's cart. What becomes of a checkout that is being paid comes to it with the commits of the
/// session that takes the payment; all else that changes it is a command here.
/// </summary>
public interface ICart
{
    /// <param name="liveMode">Of the account: test money buys test dishes only.</param>
    Task<Reply<Cart>> Put(PutCartItem command, bool liveMode);

    Task<Reply<Cart>> Remove(Guid menuId);

    Task<Reply<Cart>> Clear();

    /// <summary>Opens a checkout session for each kitchen of the cart, all or none, to be paid together.</summary>
    Task<Reply<CheckoutGroup>> CheckOut(OpenSession command);

    /// <summary>The cart as it stands now.</summary>
    ValueTask<Snapshot<Cart>> Read();
}
