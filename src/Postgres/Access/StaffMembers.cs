using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Access;

internal sealed class StaffMembers(
    JikoDatabase database, ManagementWrites writes, Pins pins, CredentialSettings settings, IIds ids) : IStaff
{
    internal const string Columns = "id, name, role, staff_number, active";

    private const string NextNumber = """
        UPDATE jiko.kitchen SET last_staff_number = last_staff_number + 1
        WHERE id = $1 AND last_staff_number < $2
        RETURNING last_staff_number
        """;

    private const string Insert = """
        INSERT INTO jiko.staff (id, kitchen_id, staff_number, name, role, pin_hash, active, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, true, $7)
        """;

    private const string Managers =
        "SELECT id FROM jiko.staff WHERE kitchen_id = $1 AND id <> $2 AND role = 'MANAGER' AND active LIMIT 1";

    public async Task<IReadOnlyList<StaffMember>> List(Guid kitchenId) => await database.Source.Rows(
        $"SELECT {Columns} FROM jiko.staff WHERE kitchen_id = $1 ORDER BY staff_number",
        Read, Sql.Of(kitchenId));

    public async Task<Reply<StaffMember>> Add(Guid kitchenId, NewStaffMember member, Operation? operation)
    {
        var broken = StaffRules.Broken(member, settings.ShortestPin, settings.StrictPins);
        if (broken.Count > 0) return broken;
        var (id, hash) = (ids.Next(), await pins.HashInTurn(member.Pin));
        return await writes.Once<StaffMember>(operation, id, async write =>
        {
            if (!await write.Lock(kitchenId)) return KitchenRefusals.NotFound;
            var added = await write.Row(
                NextNumber, row => new StaffMember(id, member.Name, member.Role, row.GetInt32(0), Active: true),
                Sql.Of(kitchenId), Sql.Of(StaffRules.MostMembers));
            if (added is null) return KitchenRefusals.TooMany("staff members", StaffRules.MostMembers);
            await write.Run(
                Insert, Sql.Of(id), Sql.Of(kitchenId), Sql.Of(added.StaffNumber), Sql.Of(added.Name),
                Sql.Of(added.Role.WireName), Sql.Of(hash), Sql.Of(write.At));
            return added;
        });
    }

    public async Task<Reply<StaffMember>> Change(Guid kitchenId, Guid staffId, StaffChange change)
    {
        if (StaffRules.Broken(change) is { Count: > 0 } broken) return broken;
        return await writes.Do<StaffMember>(async write =>
        {
            if (await Find(write, kitchenId, staffId) is not { } before) return KitchenRefusals.NotFound;
            var after = change.Of(before);
            if (IsManager(before) && !IsManager(after) && !await HasOtherManager(write, kitchenId, staffId))
                return KitchenRefusals.LastManager;
            await write.Run(
                "UPDATE jiko.staff SET name = $2, role = $3, active = $4 WHERE id = $1", Sql.Of(staffId),
                Sql.Of(after.Name), Sql.Of(after.Role.WireName), Sql.Of(after.Active));
            if (!after.Active || after.Role != before.Role) await write.RevokeAll(staffId);
            return after;
        });
    }

    public async Task<Reply<StaffMember>> ResetPin(Guid kitchenId, Guid staffId, string pin)
    {
        var broken = StaffRules.BrokenPin(pin, settings.ShortestPin, settings.StrictPins);
        if (broken.Count > 0) return broken;
        var hash = await pins.HashInTurn(pin);
        return await writes.Do<StaffMember>(async write =>
        {
            if (await Find(write, kitchenId, staffId) is not { } member) return KitchenRefusals.NotFound;
            await write.Run("UPDATE jiko.staff SET pin_hash = $2 WHERE id = $1", Sql.Of(staffId), Sql.Of(hash));
            await write.Run(
                "DELETE FROM jiko.till_pin_try WHERE kitchen_id = $1 AND staff_number = $2", Sql.Of(kitchenId),
                Sql.Of(member.StaffNumber));
            await write.RevokeAll(staffId);
            return member;
        });
    }

    private static bool IsManager(StaffMember member) => member is { Role: StaffRole.Manager, Active: true };

    /// <summary>Locks the kitchen first, so that two managers cannot deactivate each other at the same time.</summary>
    private static async Task<StaffMember?> Find(ManagementWrite write, Guid kitchenId, Guid staffId) =>
        await write.Lock(kitchenId)
            ? await write.Row(
                $"SELECT {Columns} FROM jiko.staff WHERE kitchen_id = $1 AND id = $2 FOR UPDATE",
                Read, Sql.Of(kitchenId), Sql.Of(staffId))
            : null;

    private static async Task<bool> HasOtherManager(ManagementWrite write, Guid kitchenId, Guid staffId) =>
        await write.Row(Managers, row => row.GetGuid(0).ToString(), Sql.Of(kitchenId), Sql.Of(staffId)) is not null;

    internal static StaffMember Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.WireName<StaffRole>(2), row.GetInt32(3), row.GetBoolean(4));
}
