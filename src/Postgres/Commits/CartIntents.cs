using JikoXpress.Domain;
using JikoXpress.Domain.Carts;

namespace JikoXpress.Postgres.Commits;

/// <summary>Carts that are new or changed. As with bills, the statement writes them beside jiko.commit.</summary>
internal sealed class KeptCarts(Columns columns)
{
    private readonly Column<int> items = columns.Next<int>();
    private readonly Column<Guid> accounts = columns.Next<Guid>();
    private readonly Column<long> versions = columns.Next<long>();
    private readonly Column<string> states = columns.Next<string>();
    private readonly Column<Guid?> groups = columns.Next<Guid?>();

    public void Add(int item, Effect.KeepCart keep)
    {
        items.Add(item);
        accounts.Add(keep.AccountId);
        versions.Add(keep.ExpectedVersion + 1);
        states.Add(StateJson.Write<Cart>(keep.Cart));
        groups.Add(keep.Cart.Pending?.GroupId);
    }
}
