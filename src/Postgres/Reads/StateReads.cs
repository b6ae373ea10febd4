using JikoXpress.Grains.Ports;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

/// <summary>Reads the stored state of every kind of grain.</summary>
internal sealed class StateReads(JikoDatabase database) : IStateReads
{
    public Task<StoredState?> Load(GrainKind kind, Guid key) => kind switch
    {
        GrainKind.Session => Find("SELECT state, version FROM jiko.checkout_session WHERE id = $1", key),
        GrainKind.Inventory => Find("SELECT state, version FROM jiko.kitchen_inventory WHERE id = $1", key),
        GrainKind.Bill => Find("SELECT state, version FROM jiko.bill WHERE id = $1", key),
        GrainKind.Cart => Find("SELECT state, version FROM jiko.cart WHERE id = $1", key),
        GrainKind.None => Task.FromResult<StoredState?>(null),
    };

    public Task<StoredAnswer?> Answered(Guid operationId) => Sql.ForGrains(database.Source.Row(
        "SELECT state, version, fingerprint FROM jiko.operation WHERE id = $1",
        row => new StoredAnswer(row.GetString(0), row.GetInt64(1), row.GetGuid(2)), Sql.Of(operationId)));

    private Task<StoredState?> Find(string text, Guid id) =>
        Sql.ForGrains(database.Source.Row(text, Read, Sql.Of(id)));

    private static StoredState Read(NpgsqlDataReader row) => new(row.GetString(0), row.GetInt64(1));
}
