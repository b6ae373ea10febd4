using JikoXpress.Grains.Ports;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

internal sealed class StateReads(JikoDatabase database) : IStateReads
{
    public Task<StoredState?> Load(GrainKind kind, Guid key) => kind switch
    {
        GrainKind.Session => Find("SELECT state, version FROM jiko.checkout_session WHERE id = $1", key),
        GrainKind.Inventory => Find("SELECT state, version FROM jiko.kitchen_inventory WHERE id = $1", key),
        GrainKind.Bill => Find("SELECT state, version FROM jiko.bill WHERE id = $1", key),
        GrainKind.None => Task.FromResult<StoredState?>(null),
    };

    public Task<StoredState?> Answered(Guid operationId) =>
        Find("SELECT state, version FROM jiko.operation WHERE id = $1", operationId);

    private Task<StoredState?> Find(string text, Guid id) => database.Source.Row(text, Read, Sql.Of(id));

    private static StoredState Read(NpgsqlDataReader row) => new(row.GetString(0), row.GetInt64(1));
}
