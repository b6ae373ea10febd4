using JikoXpress.Grains.Ports;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

/// <summary>Reads the stored state of every kind of grain.</summary>
internal sealed class StateReads : IStateReads
{
    private const string Sessions = """
        SELECT asked.place, CASE WHEN s.version <> asked.known THEN s.state END, s.version
        FROM unnest($1, $2) WITH ORDINALITY AS asked(id, known, place)
        JOIN jiko.checkout_session s ON s.id = asked.id
        """;

    private readonly JikoDatabase database;
    private readonly Batcher<(Guid Id, long Known), StateSince?> sessions;

    public StateReads(JikoDatabase database)
    {
        this.database = database;
        sessions = new(Read);
    }

    public Task<StoredState?> Load(GrainKind kind, Guid key) => kind switch
    {
        GrainKind.Session => LoadSession(key),
        GrainKind.Inventory => Find("SELECT state, version FROM jiko.kitchen_inventory WHERE id = $1", key),
        GrainKind.Bill => Find("SELECT state, version FROM jiko.bill WHERE id = $1", key),
        GrainKind.Cart => Find("SELECT state, version FROM jiko.cart WHERE id = $1", key),
        GrainKind.None => Task.FromResult<StoredState?>(null),
    };

    public async Task<StateSince?> LoadSince(GrainKind kind, Guid key, long known) => kind is GrainKind.Session
        ? await Sql.ForGrains(sessions.Ask((key, known)))
        : (await Load(kind, key))?.Since(known);

    public Task<StoredAnswer?> Answered(Guid operationId) => Sql.ForGrains(database.Source.Row(
        "SELECT state, version, fingerprint FROM jiko.operation WHERE id = $1",
        row => new StoredAnswer(row.GetString(0), row.GetInt64(1), row.GetGuid(2)), Sql.Of(operationId)));

    /// <summary>No row has version 0, so its state is always there.</summary>
    private async Task<StoredState?> LoadSession(Guid id) =>
        await LoadSince(GrainKind.Session, id, known: 0) is { State: { } state, Version: var version }
            ? new StoredState(state, version)
            : null;

    private Task<StoredState?> Find(string text, Guid id) =>
        Sql.ForGrains(database.Source.Row(text, Read, Sql.Of(id)));

    private async Task<IReadOnlyList<StateSince?>> Read(IReadOnlyList<(Guid Id, long Known)> asked)
    {
        var found = await database.Source.Rows(
            Sessions,
            row => (
                Place: row.GetInt64(0),
                State: new StateSince(row.IsDBNull(1) ? null : row.GetString(1), row.GetInt64(2))),
            Sql.Of(asked.Select(each => each.Id).ToArray()), Sql.Of(asked.Select(each => each.Known).ToArray()));
        var states = new StateSince?[asked.Count];
        foreach (var (place, state) in found) states[place - 1] = state;
        return states;
    }

    private static StoredState Read(NpgsqlDataReader row) => new(row.GetString(0), row.GetInt64(1));
}
