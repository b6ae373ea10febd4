using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Postgres.Audit;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;

namespace JikoXpress.Postgres.Access;

/// <summary>
/// Signs staff in. A try is counted before its PIN is checked, so that parallel tries count, too. It counts for its
/// till: who guesses at one till locks nobody out at another.
/// </summary>
internal sealed class StaffSessions(
    JikoDatabase database, ManagementWrites writes, Pins pins, CredentialSettings settings, TimeProvider clock)
    : IStaffSessions
{
    private const string CountTry = """
        INSERT INTO jiko.till_pin_try AS t (kitchen_id, staff_number, device_id, wrong_tries) VALUES ($1, $2, $4, 1)
        ON CONFLICT (kitchen_id, staff_number, device_id) DO UPDATE
        SET wrong_tries = t.wrong_tries + 1, locked_until = NULL
        WHERE t.locked_until IS NULL OR t.locked_until <= $3
        RETURNING wrong_tries
        """;

    private const string OfTill = "WHERE kitchen_id = $1 AND staff_number = $2 AND device_id = $3";

    private const string Candidate = $"""
        SELECT {StaffMembers.Columns}, pin_hash FROM jiko.staff
        WHERE kitchen_id = $1 AND staff_number = $2 AND active
        """;

    /// <summary>
    /// After the PIN check: the staff member must still be active, and the till must still be active.
    /// </summary>
    private const string StillWelcome = """
        SELECT k.live_mode FROM jiko.staff s
        JOIN jiko.device d ON d.id = $3 AND d.kitchen_id = s.kitchen_id AND d.kind IN ('POS', 'STORE_TABLET')
            AND d.active
        JOIN jiko.kitchen k ON k.id = s.kitchen_id
        WHERE s.id = $1 AND s.pin_hash = $2 AND s.active
        FOR SHARE OF s, d
        """;

    public async Task<SignIn> Begin(Guid kitchenId, Guid deviceId, int staffNumber, string pin)
    {
        // The turn comes first: who is sent away here has not tried.
        using var turn = await pins.Turn();
        if (turn is null) return new SignIn.Busy();
        if (await LockOf(kitchenId, deviceId, staffNumber) is { } locked) return locked;
        var candidate = await database.Source.Row(
            Candidate, row => new Known(StaffMembers.Read(row), row.GetString(5)),
            Sql.Of(kitchenId), Sql.Of(staffNumber));
        if (!pins.IsRight(pin, candidate?.PinHash) || candidate is null)
        {
            await NoteWrongPin(kitchenId, deviceId, staffNumber);
            return new SignIn.Wrong();
        }

        return await Welcome(kitchenId, deviceId, candidate);
    }

    public Task End(string token) => writes.Do<string>(async write =>
    {
        await write.RevokeToken(token);
        return "";
    });

    /// <summary>The audit trail has the same entry for an unknown staff number as for a wrong PIN.</summary>
    private async Task NoteWrongPin(Guid kitchenId, Guid deviceId, int staffNumber) =>
        await writes.Do<int>(async write =>
        {
            await write.Run(
                "SELECT jiko.audit_note($1, 'sign-in.refused', 'device', $2, $3) FROM jiko.kitchen WHERE id = $1",
                Sql.Of(kitchenId), Sql.Of(deviceId), Sql.Of($$"""{"staff_number": {{staffNumber}}}"""));
            return staffNumber;
        });

    /// <summary>
    /// Counts the try. The fifth and each fifth try after it lock the number at this till, whether or not the PIN is
    /// right.
    /// </summary>
    private async Task<SignIn.Locked?> LockOf(Guid kitchenId, Guid deviceId, int staffNumber)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var now = clock.GetUtcNow();
        await AuditTrail.Sign(connection, now);
        var counted = await connection.Row(
            CountTry, row => new Count(row.GetInt32(0)), Sql.Of(kitchenId), Sql.Of(staffNumber), Sql.Of(now),
            Sql.Of(deviceId));
        if (counted is null)
        {
            var until = await connection.Row(
                $"SELECT locked_until FROM jiko.till_pin_try {OfTill}",
                row => new Until(row.Optional<DateTimeOffset>(0) ?? now), Sql.Of(kitchenId), Sql.Of(staffNumber),
                Sql.Of(deviceId));
            return new SignIn.Locked((until?.At ?? now) - now);
        }

        if (PinTries.LockAfter(counted.Tries) is var length && length > TimeSpan.Zero)
            await connection.Run(
                $"UPDATE jiko.till_pin_try SET locked_until = $4 {OfTill}",
                Sql.Of(kitchenId), Sql.Of(staffNumber), Sql.Of(deviceId), Sql.Of(now + length));
        await transaction.CommitAsync();
        return null;
    }

    private async Task<SignIn> Welcome(Guid kitchenId, Guid deviceId, Known candidate)
    {
        var member = candidate.Member;
        var answer = await writes.Do<SignIn.Welcome>(async write =>
        {
            var mode = await write.Row(
                StillWelcome, row => new Mode(row.GetBoolean(0)), Sql.Of(member.Id), Sql.Of(candidate.PinHash),
                Sql.Of(deviceId));
            if (mode is null) return KitchenRefusals.NotFound;
            await write.Run(
                $"DELETE FROM jiko.till_pin_try {OfTill}",
                Sql.Of(kitchenId), Sql.Of(member.StaffNumber), Sql.Of(deviceId));
            var end = write.At + TimeSpan.FromHours(settings.StaffSessionHours);
            var token = await write.Issue(new NewCredential(
                Tokens.Staff, CallerKind.Staff, member.Id, mode.Live, kitchenId, deviceId, member.Role, end));
            return new SignIn.Welcome(token, member, end);
        });
        return answer is Reply<SignIn.Welcome>.Accepted(var welcome, _, _) ? welcome : new SignIn.Wrong();
    }

    private sealed record Known(StaffMember Member, string PinHash);

    private sealed record Count(int Tries);

    private sealed record Until(DateTimeOffset At);

    private sealed record Mode(bool Live);
}
