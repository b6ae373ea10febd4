using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Access;

internal sealed class OperatorKeys(JikoDatabase database, ManagementWrites writes, IIds ids) : IOperatorKeys
{
    private const string Columns = "id, name, created_at, active";

    public async Task<IReadOnlyList<OperatorKey>> List() => await database.Source.Rows(
        $"SELECT {Columns} FROM jiko.operator_key ORDER BY created_at DESC, id DESC LIMIT 100", Read);

    public async Task<Reply<NewOperatorKey>> Add(string name, SecretOperation? once)
    {
        if (StaffRules.BrokenName(name) is { Count: > 0 } broken) return broken;
        var id = ids.Next();
        return await writes.Once<NewOperatorKey>(
            once?.Operation, id,
            async write =>
            {
                var key = new OperatorKey(id, name, write.At, Active: true);
                await write.Run(
                    $"INSERT INTO jiko.operator_key ({Columns}) VALUES ($1, $2, $3, $4)", Sql.Of(key.Id), Sql.Of(name),
                    Sql.Of(write.At), Sql.Of(true));
                var credential = new NewCredential(Tokens.Operator, CallerKind.Operator, key.Id, LiveMode: true);
                return new NewOperatorKey(key, await write.Issue(credential, Derived(key)));
            },
            kept: made => made with { Token = "" },
            again: made => made with { Token = Derived(made.Key) ?? "" });

        string? Derived(OperatorKey key) => once is null ? null : Tokens.Of(Tokens.Operator, once.Seed, key.Id);
    }

    public Task<Reply<OperatorKey>> Revoke(Guid keyId) => writes.Do<OperatorKey>(async write =>
    {
        var key = await write.Row(
            $"UPDATE jiko.operator_key SET active = false WHERE id = $1 RETURNING {Columns}", Read, Sql.Of(keyId));
        if (key is null) return KitchenRefusals.NotFound;
        await write.RevokeAll(keyId);
        return key;
    });

    private static OperatorKey Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.GetBoolean(3));
}
