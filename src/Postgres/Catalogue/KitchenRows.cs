using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Catalogue;

/// <summary>How the rows of the catalogue are read and written, column by column.</summary>
internal static class KitchenRows
{
    public const string Kitchen =
        "id, name, live_mode, time_zone, day_starts_at, payment_timeout_seconds, slip_timeout_seconds, "
        + "low_stock_threshold, late_payments, allow_part_payments, approval_timeout_seconds, "
        + "unanswered_orders, cash_movement_limit, currency, country, commission_app, commission_whatsapp, "
        + "commission_hosted";

    public const string MenuItem = "id, name, price, category, available";
    public const string PaymentMethod =
        "id, name, provider, active, shape, till_number, account, receipt_required";

    public static Kitchen ReadKitchen(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetBoolean(2),
        new KitchenSettings(
            row.GetString(3), row.GetFieldValue<TimeOnly>(4), TimeSpan.FromSeconds(row.GetInt32(5)),
            TimeSpan.FromSeconds(row.GetInt32(6)), row.GetInt32(7), row.WireName<LatePaymentPolicy>(8),
            row.GetBoolean(9), row.GetInt32(10), row.WireName<UnansweredOrders>(11),
            new Money(row.GetInt64(12)), row.WireName<Currency>(13), row.WireName<Country>(14)),
        new CommissionRates(row.GetInt32(15), row.GetInt32(16), row.GetInt32(17)));

    public static MenuItem ReadMenuItem(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), new Money(row.GetInt64(2)), row.GetString(3), row.GetBoolean(4));

    public static KitchenPaymentMethod ReadPaymentMethod(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), row.WireName<ChannelShape>(4),
        row.IsDBNull(5) ? null : row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6), row.GetBoolean(7));

    /// <summary>The method's columns as parameters, in the order of <see cref="PaymentMethod"/>.</summary>
    public static NpgsqlParameter[] Values(KitchenPaymentMethod method) =>
    [
        Sql.Of(method.Id), Sql.Of(method.Name), Sql.Of(method.Provider), Sql.Of(method.Active),
        Sql.Of(method.Shape.WireName), Sql.Of(method.TillNumber), Sql.Of(method.Account),
        Sql.Of(method.ReceiptRequired),
    ];

    /// <summary>The kitchen's columns as parameters, in the order of <see cref="Kitchen"/>.</summary>
    public static NpgsqlParameter[] Values(Kitchen kitchen) =>
    [
        Sql.Of(kitchen.Id),
        Sql.Of(kitchen.Name),
        Sql.Of(kitchen.LiveMode),
        Sql.Of(kitchen.Settings.TimeZone),
        Sql.Of(kitchen.Settings.DayStartsAt),
        Sql.Of((int)kitchen.Settings.PaymentTimeout.TotalSeconds),
        Sql.Of((int)kitchen.Settings.SlipTimeout.TotalSeconds),
        Sql.Of(kitchen.Settings.LowStockThreshold),
        Sql.Of(kitchen.Settings.LatePayments.WireName),
        Sql.Of(kitchen.Settings.AllowPartPayments),
        Sql.Of(kitchen.Settings.ApprovalTimeoutSeconds),
        Sql.Of(kitchen.Settings.UnansweredOrders.WireName),
        Sql.Of(kitchen.Settings.CashMovementLimit.Shillings),
        Sql.Of(kitchen.Settings.Currency.WireName),
        Sql.Of(kitchen.Settings.Country.WireName),
        Sql.Of(kitchen.Commission.App),
        Sql.Of(kitchen.Commission.Whatsapp),
        Sql.Of(kitchen.Commission.Hosted),
    ];
}
