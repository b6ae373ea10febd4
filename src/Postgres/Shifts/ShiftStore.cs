using JikoXpress.Domain;
using JikoXpress.Domain.Shifts;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Catalogue;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Shifts;

/// <summary>
/// Once a till has had a shift, it always has a shift that its money belongs to: the one a cashier opened, or else a
/// rescue shift, which begins when a shift is closed. Openings, closings and cash movements of a till run one at a
/// time, by a lock on the device's row; sales do not wait for that lock.
/// </summary>
internal sealed class ShiftStore(JikoDatabase database, ManagementWrites writes, IIds ids) : IShifts
{
    private const string Select = $"SELECT {ShiftRows.Columns} FROM jiko.shift s";

    private const string Listed = $"""
        SELECT {ShiftRows.Columns}, s.opened_at AS at FROM jiko.shift s
        WHERE s.kitchen_id = $1 AND ($2::uuid IS NULL OR s.opened_by = $2)
            AND ($3::text IS NULL OR (s.closed_at IS NULL) = ($3 = 'OPEN'))
            AND (s.kind = 'REGULAR' OR s.ended_at IS NOT NULL
                OR EXISTS (SELECT FROM jiko.till_unclaimed(s.kitchen_id, s.till_id)))
        """;

    private const string InsertMovement = """
        INSERT INTO jiko.drawer_movement (id, shift_id, kitchen_id, kind, amount, reason, by_whom, at, reverses)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    private const string InsertCount = """
        INSERT INTO jiko.count_correction (
            id, shift_id, number, kitchen_id, before, counted, reason, by_whom, at, corrects)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private const string CloseRow = """
        UPDATE jiko.shift SET closed_by = $2, closed_at = $3, counted = $4, expected = $5, note = $6 WHERE id = $1
        """;

    public Task<Page<Shift>> List(Guid kitchenId, Guid? openedBy, ShiftStatus? status, PageRequest page) =>
        database.Source.Page(
            Listed, page, ShiftRows.Read, Sql.Of(kitchenId), Sql.Of(openedBy), Sql.Of(status?.WireName));

    public async Task<Reply<Shift>> Find(Guid kitchenId, Guid shiftId) =>
        await database.Source.Row(
            $"{Select} WHERE s.id = $1 AND s.kitchen_id = $2", ShiftRows.Read, Sql.Of(shiftId), Sql.Of(kitchenId))
        is { } shift ? shift : ShiftRefusals.NotFound;

    public async Task<ShiftReport> Report(Shift shift)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await Report(connection, shift);
    }

    public async Task<Reply<Shift>> Open(OpenShift command)
    {
        if (ShiftRules.Broken(command) is { Count: > 0 } broken) return broken;
        if (command.By is not { KitchenId: { } kitchen, DeviceId: { } till }) return ShiftRefusals.NotFound;
        var id = ids.Next();
        return await writes.Once<Shift>(command.Operation, id, async write =>
        {
            await write.LockTill(till);
            var running = await write.Row(
                $"{Select} WHERE s.till_id = $1 AND s.ended_at IS NULL", ShiftRows.Read, Sql.Of(till));
            if (running is { Kind: ShiftKind.Regular }) return ShiftRefusals.ShiftAlreadyOpen;
            await Rescue(write, running, kitchen, till);

            var opened = new Shift(id, kitchen, till, ShiftKind.Regular, command.By.Id, write.At, command.Float);
            await write.Add(opened);
            await write.Book(opened, opened.FloatPosted());
            return opened;
        });
    }

    public async Task<Reply<DrawerMovement>> Move(Shift shift, MoveCash command)
    {
        if (ShiftRules.Broken(command) is { Count: > 0 } broken) return broken;
        var id = ids.Next();
        return await writes.Once<DrawerMovement>(command.Operation, id, async write =>
            await Locked(write, shift) is { Status: ShiftStatus.Open }
                ? await Move(write, shift, command.Role, new DrawerMovement(
                    id, shift.Id, command.Kind, command.Amount, command.Reason, command.By.Id, write.At))
                : ShiftRefusals.ShiftNotOpen);
    }

    public async Task<Reply<DrawerMovement>> Reverse(Shift shift, ReverseMovement command)
    {
        if (ShiftRules.Broken(command) is { Count: > 0 } broken) return broken;
        var id = ids.Next();
        return await writes.Once<DrawerMovement>(command.Operation, id, async write =>
        {
            if (await Locked(write, shift) is not { Status: ShiftStatus.Open }) return ShiftRefusals.ShiftNotOpen;
            var movements = await write.Connection.Rows(
                ShiftRows.Movements, ShiftRows.ReadMovement, Sql.Of(shift.Id));
            if (movements.Find(movement => movement.Id == command.MovementId) is not { } wrong)
                return ShiftRefusals.MovementNotFound;
            if (wrong.Reverses is not null || movements.Exists(movement => movement.Reverses == wrong.Id))
                return ShiftRefusals.MovementReversed;
            return await Move(write, shift, command.Role, wrong.Reversed(id, command, write.At));
        });
    }

    public async Task<Reply<ShiftReport>> Close(Shift shift, CloseShift command)
    {
        if (ShiftRules.Broken(command) is { Count: > 0 } broken) return broken;
        return await writes.Once<ShiftReport>(command.Operation, shift.Id, async write =>
        {
            if (await Locked(write, shift) is not { Status: ShiftStatus.Open } open) return ShiftRefusals.ShiftNotOpen;
            if (await write.End(open) == 1)
            {
                await write.ClaimFor(open);
                await write.Add(RescueOf(open.KitchenId, open.TillId, write.At));
            }

            var figures = await Figures(write, open);
            var closing = new ShiftClosing(
                command.By.Id, write.At, command.Counted, figures.ExpectedCash, command.Note);
            await write.Run(
                CloseRow, Sql.Of(open.Id), Sql.Of(closing.By), Sql.Of(closing.At), Sql.Of(closing.Counted.Shillings),
                Sql.Of(closing.Expected.Shillings), Sql.Of(closing.Note));
            await write.Book(open, open.Posted(closing));
            var movements = await write.Connection.Rows(
                ShiftRows.Movements, ShiftRows.ReadMovement, Sql.Of(open.Id));
            var attested = await write.Connection.Rows(
                ShiftRows.Attested, ShiftRows.ReadAttested, Sql.Of(open.Id));
            return new ShiftReport(
                open with { Closing = closing }, figures, movements.ToSequence(), Attested: attested.ToSequence());
        });
    }

    public async Task<Reply<ShiftReport>> Correct(Shift shift, CorrectCount command)
    {
        if (command.Broken() is { Count: > 0 } broken) return broken;
        var id = ids.Next();
        return await writes.Once<ShiftReport>(command.Operation, id, async write =>
        {
            var closed = await Locked(write, shift) ?? shift;
            var report = await Report(write.Connection, closed);
            var (correction, refusal) = report.Correct(command, id, write.At);
            if (correction is null) return refusal ?? ShiftRefusals.NotFound;
            await write.Run(
                InsertCount, Sql.Of(correction.Id), Sql.Of(shift.Id), Sql.Of(report.Counts?.Count ?? 0),
                Sql.Of(shift.KitchenId),
                Sql.Of(correction.Before.Shillings), Sql.Of(correction.Counted.Shillings), Sql.Of(correction.Reason),
                Sql.Of(correction.By), Sql.Of(correction.At), Sql.Of(correction.Corrects));
            await write.Book(closed.Posted(correction));
            return report with { Counts = (report.Counts ?? []).With(correction) };
        });
    }

    private static async Task<ShiftReport> Report(NpgsqlConnection connection, Shift shift) => new(
        shift,
        ShiftRows.FiguresOf(await connection.Rows(ShiftRows.Figures, ShiftRows.ReadFigure, Sql.Of(shift.Id))),
        (await connection.Rows(ShiftRows.Movements, ShiftRows.ReadMovement, Sql.Of(shift.Id))).ToSequence(),
        (await connection.Rows(ShiftRows.Counts, ShiftRows.ReadCount, Sql.Of(shift.Id))).ToSequence(),
        (await connection.Rows(ShiftRows.Late, ShiftRows.ReadLate, Sql.Of(shift.Id))).ToSequence(),
        (await connection.Rows(ShiftRows.Attested, ShiftRows.ReadAttested, Sql.Of(shift.Id))).ToSequence());

    /// <summary>Money that the till took without a shift goes to a rescue shift, for a manager to count.</summary>
    private async Task Rescue(ManagementWrite write, Shift? running, Guid kitchen, Guid till)
    {
        var rescue = running ?? RescueOf(kitchen, till, write.At);
        if (running is null) await write.Add(rescue);
        await write.ClaimFor(rescue);
        if (await write.RemoveIfEmpty(rescue) == 0) await write.End(rescue);
    }

    private Shift RescueOf(Guid kitchen, Guid till, DateTimeOffset at) =>
        new(ids.Next(), kitchen, till, ShiftKind.Rescue, OpenedBy: null, at, Money.Zero);

    private static async Task<Reply<DrawerMovement>> Move(
        ManagementWrite write, Shift shift, StaffRole role, DrawerMovement movement)
    {
        var kitchen = await write.Row(
            $"SELECT {KitchenRows.Kitchen} FROM jiko.kitchen WHERE id = $1", KitchenRows.ReadKitchen,
            Sql.Of(shift.KitchenId));
        var limit = kitchen?.Settings.CashMovementLimit ?? Money.Zero;
        if (movement.NotMovable(role, limit, await Figures(write, shift)) is { } refusal) return refusal;
        await write.Run(
            InsertMovement, Sql.Of(movement.Id), Sql.Of(shift.Id), Sql.Of(shift.KitchenId),
            Sql.Of(movement.Kind.WireName), Sql.Of(movement.Amount.Shillings), Sql.Of(movement.Reason),
            Sql.Of(movement.By), Sql.Of(movement.At), Sql.Of(movement.Reverses));
        await write.Book(shift, shift.Posted(movement));
        return movement;
    }

    private static async Task<ShiftFigures> Figures(ManagementWrite write, Shift shift) => ShiftRows.FiguresOf(
        await write.Connection.Rows(ShiftRows.Figures, ShiftRows.ReadFigure, Sql.Of(shift.Id)));

    private static async Task<Shift?> Locked(ManagementWrite write, Shift shift)
    {
        await write.LockTill(shift.TillId);
        return await write.Row($"{Select} WHERE s.id = $1", ShiftRows.Read, Sql.Of(shift.Id));
    }
}
