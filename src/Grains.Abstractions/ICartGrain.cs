using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Sessions;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace JikoXpress.Grains.Abstractions;

/// <summary>
/// An app user's cart. The commit of the session that takes the payment for a checkout also updates the cart; all other
/// changes are commands here. A command's token cancels only its wait in the grain's queue.
/// </summary>
[Alias("jiko.cart")]
[Version(ContractVersion.Current)]
public interface ICartGrain : IGrainWithGuidKey
{
    /// <param name="liveMode">The mode of the account: test money buys test dishes only.</param>
    [Alias("put")]
    Task<Reply<Cart>> Put(PutCartItem command, bool liveMode, CancellationToken cancellation = default);

    [Alias("remove")]
    Task<Reply<Cart>> Remove(Guid menuId, CancellationToken cancellation = default);

    [Alias("clear")]
    Task<Reply<Cart>> Clear(CancellationToken cancellation = default);

    /// <summary>Opens a checkout session for each kitchen of the cart, all or none, to be paid together.</summary>
    [Alias("check-out")]
    Task<Reply<CheckoutGroup>> CheckOut(OpenSession command, CancellationToken cancellation = default);

    /// <summary>The cart as it is now.</summary>
    [AlwaysInterleave]
    [Alias("read")]
    ValueTask<Snapshot<Cart>> Read();
}
