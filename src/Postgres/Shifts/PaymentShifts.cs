using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Reads;

namespace JikoXpress.Postgres.Shifts;

internal sealed class PaymentShifts(JikoDatabase database) : IPaymentShifts
{
    public async Task<PaymentShift> ShiftOf(Guid kitchenId, Guid tillId, Guid paymentId) =>
        await Sql.ForGrains(database.Source.Row(
            "SELECT shift_id, closed, cash FROM jiko.payment_shift($1, $2, $3)",
            row => new PaymentShift(row.Optional<Guid>(0), row.GetBoolean(1), new Money(row.GetInt64(2))),
            Sql.Of(kitchenId), Sql.Of(tillId), Sql.Of(paymentId)))
        ?? throw new InvalidOperationException("The function always returns a row.");
}
