using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Access;

internal sealed class Devices(JikoDatabase database, ManagementWrites writes, IIds ids) : IDevices
{
    private const string Columns = "id, kind, name, paired_at, active, key_required";

    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(5);

    private const string Invitation = """
        INSERT INTO jiko.pairing_code (code_hash, kitchen_id, kind, name, expires_at)
        SELECT $1, $2, $3, $4, $5 FROM jiko.device WHERE kitchen_id = $2 AND active HAVING count(*) < $6
        """;

    private const string Accept = """
        DELETE FROM jiko.pairing_code c USING jiko.kitchen k
        WHERE c.code_hash = $1 AND c.expires_at > $2 AND k.id = c.kitchen_id
        RETURNING c.kitchen_id, k.name, k.live_mode, c.kind, c.name
        """;

    public async Task<IReadOnlyList<Device>> List(Guid kitchenId) => await database.Source.Rows(
        $"SELECT {Columns} FROM jiko.device WHERE kitchen_id = $1 ORDER BY paired_at, id",
        Read, Sql.Of(kitchenId));

    public async Task<Reply<PairingCode>> Invite(Guid kitchenId, NewDevice device, SecretOperation? once)
    {
        if (StaffRules.Broken(device) is { Count: > 0 } broken) return broken;
        var id = ids.Next();
        var code = Derived(id) ?? Codes.New();
        return await writes.Once<PairingCode>(
            once?.Operation, id,
            async write =>
            {
                if (!await write.Lock(kitchenId)) return KitchenRefusals.NotFound;
                await write.Run("DELETE FROM jiko.pairing_code WHERE expires_at <= $1", Sql.Of(write.At));
                var end = write.At + CodeLife;
                var fits = await write.Run(
                    Invitation, Sql.Of(Codes.Hash(code)), Sql.Of(kitchenId), Sql.Of(device.Kind.WireName),
                    Sql.Of(device.Name), Sql.Of(end), Sql.Of(StaffRules.MostDevices));
                if (fits == 0) return KitchenRefusals.TooMany("devices", StaffRules.MostDevices);
                return new PairingCode(code, device.Kind, device.Name, end);
            },
            // What is kept names what the code is derived from.
            kept: made => made with { Code = $"{id}" },
            again: made => made with { Code = Derived(Guid.Parse(made.Code)) ?? "" });

        string? Derived(Guid row) => once is null ? null : Codes.Of(once.Seed, row);
    }

    public async Task<Reply<PairedDevice>> Pair(string code)
    {
        // A wrong code costs one look, and no transaction.
        var isKnown = await database.Source.Row(
            "SELECT 1 FROM jiko.pairing_code WHERE code_hash = $1", row => $"{row.GetInt32(0)}",
            Sql.Of(Codes.Hash(code)));
        return isKnown is null ? KitchenRefusals.PairingCodeInvalid : await AcceptOnce(code);
    }

    private Task<Reply<PairedDevice>> AcceptOnce(string code) => writes.Do<PairedDevice>(async write =>
    {
        var invitation = await write.Row(
            Accept,
            row => new Invited(
                row.GetGuid(0), row.GetString(1), row.GetBoolean(2), row.WireName<DeviceKind>(3), row.GetString(4)),
            Sql.Of(Codes.Hash(code)), Sql.Of(write.At));
        if (invitation is null) return KitchenRefusals.PairingCodeInvalid;

        var device = new Device(
            ids.Next(), invitation.Kind, invitation.Name, write.At, Active: true, KeyRequired: false);
        await write.Run(
            $"INSERT INTO jiko.device (kitchen_id, {Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            Sql.Of(invitation.KitchenId), Sql.Of(device.Id), Sql.Of(device.Kind.WireName), Sql.Of(device.Name),
            Sql.Of(write.At), Sql.Of(device.Active), Sql.Of(device.KeyRequired));
        var token = await write.Issue(CredentialOf(device, invitation));
        return new PairedDevice(device, invitation.KitchenId, invitation.KitchenName, token);
    });

    public Task<Reply<Device>> RequireKeys(Guid kitchenId, Guid deviceId, bool required) =>
        writes.Do<Device>(async write =>
        {
            var device = await write.Row(
                $"""
                UPDATE jiko.device SET key_required = $3 WHERE kitchen_id = $1 AND id = $2
                RETURNING {Columns}
                """,
                Read, Sql.Of(kitchenId), Sql.Of(deviceId), Sql.Of(required));
            if (device is null) return KitchenRefusals.NotFound;
            write.ChangesCredentials();
            return device;
        });

    public Task<Reply<Device>> Revoke(Guid kitchenId, Guid deviceId) => writes.Do<Device>(async write =>
    {
        var device = await write.Row(
            $"UPDATE jiko.device SET active = false WHERE kitchen_id = $1 AND id = $2 RETURNING {Columns}",
            Read, Sql.Of(kitchenId), Sql.Of(deviceId));
        if (device is null) return KitchenRefusals.NotFound;
        await write.RevokeAll(deviceId);
        return device;
    });

    private static NewCredential CredentialOf(Device device, Invited invitation) => device.Kind switch
    {
        DeviceKind.Pos or DeviceKind.StoreTablet => new(
            Tokens.Till, CallerKind.Till, device.Id, invitation.LiveMode, invitation.KitchenId, device.Id),
        DeviceKind.Kiosk => new(
            Tokens.Kiosk, CallerKind.Kiosk, device.Id, invitation.LiveMode, invitation.KitchenId, device.Id),
        DeviceKind.KitchenDisplay => new(
            Tokens.KitchenDisplay, CallerKind.KitchenDisplay, device.Id, invitation.LiveMode, invitation.KitchenId,
            device.Id),
    };

    private sealed record Invited(Guid KitchenId, string KitchenName, bool LiveMode, DeviceKind Kind, string Name);

    private static Device Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.WireName<DeviceKind>(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3),
        row.GetBoolean(4), row.GetBoolean(5));
}
