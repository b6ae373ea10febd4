using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Access;

internal sealed class BotKeys(JikoDatabase database, ManagementWrites writes, IIds ids) : IBotKeys
{
    private const string Columns = "id, name, kitchen_ids, live_mode, created_at, active";

    public async Task<IReadOnlyList<BotKey>> List() => await database.Source.Rows(
        $"SELECT {Columns} FROM jiko.bot_key ORDER BY created_at DESC, id DESC LIMIT 100", Read);

    public async Task<Reply<NewBotKey>> Add(BotKeyPlan plan, SecretOperation? once)
    {
        if (BotRules.Broken(plan) is { Count: > 0 } broken) return broken;
        var kitchens = plan.KitchenIds.Distinct().ToSequence();
        var id = ids.Next();
        return await writes.Once<NewBotKey>(
            once?.Operation, id, Make, kept: made => made with { Token = "" },
            again: made => made with { Token = Derived(made.Key) ?? "" });

        string? Derived(BotKey key) => once is null ? null : Tokens.Of(Tokens.Bot, once.Seed, key.Id);

        async Task<Reply<NewBotKey>> Make(ManagementWrite write)
        {
            var known = await write.Connection.Rows(
                "SELECT id, live_mode FROM jiko.kitchen WHERE id = ANY ($1)",
                row => KeyValuePair.Create(row.GetGuid(0), row.GetBoolean(1)), Sql.Of(kitchens.ToArray()));
            if (BotRules.Broken(plan.KitchenIds, known.ToDictionary()) is { Count: > 0 } wrong) return wrong;

            var key = new BotKey(id, plan.Name, kitchens, known[0].Value, write.At, Active: true);
            await write.Run(
                $"INSERT INTO jiko.bot_key ({Columns}) VALUES ($1, $2, $3, $4, $5, $6)", Sql.Of(key.Id),
                Sql.Of(key.Name), Sql.Of(kitchens.ToArray()), Sql.Of(key.LiveMode), Sql.Of(write.At), Sql.Of(true));
            var credential = new NewCredential(Tokens.Bot, CallerKind.Bot, key.Id, key.LiveMode);
            return new NewBotKey(key, await write.Issue(credential, Derived(key)));
        }
    }

    public Task<Reply<BotKey>> Revoke(Guid keyId) => writes.Do<BotKey>(async write =>
    {
        var key = await write.Row(
            $"UPDATE jiko.bot_key SET active = false WHERE id = $1 RETURNING {Columns}", Read, Sql.Of(keyId));
        if (key is null) return KitchenRefusals.NotFound;
        await write.RevokeAll(keyId);
        return key;
    });

    private static BotKey Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetFieldValue<Guid[]>(2).ToSequence(), row.GetBoolean(3),
        row.GetFieldValue<DateTimeOffset>(4), row.GetBoolean(5));
}
