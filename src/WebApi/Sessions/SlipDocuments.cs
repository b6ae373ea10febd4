using System.Globalization;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Printing;

namespace JikoXpress.WebApi.Sessions;

/// <summary>Fills in the slip of a session.</summary>
internal static class SlipDocuments
{
    /// <summary>Why no slip may be printed; null if it may. A slip that can no longer be paid would mislead.</summary>
    public static Refusal? Refusal(Session.Opened session) => session switch
    {
        { Opening.SlipCode: null } => SessionRefusals.NotASlip,
        Session.Confirmed confirmed => SessionRefusals.AlreadyConfirmed(confirmed.OrderId),
        Session.Ended { EndedAs: SessionStatus.Expired } => SessionRefusals.SlipExpired,
        Session.Ended ended => SessionRefusals.SessionNotPending(ended.Status),
        _ => null,
    };

    /// <param name="page">The address of the slip's page; null where no phone can pay it.</param>
    public static SlipDocument Of(Session.Pending session, Kitchen kitchen, string? page)
    {
        var opening = session.Opening;
        var code = opening.SlipCode ?? throw new InvalidOperationException("Only slips are printed.");
        var expires = kitchen.Settings.LocalTimeOf(session.ExpiresAt);
        return new SlipDocument
        {
            KitchenName = kitchen.Name,
            SlipNumber = SlipNumber.Of(opening.Number),
            SlipCode = code,
            QrContent = page ?? code,
            Lines = [.. opening.Lines.Select(line => Line(line, opening.Currency.Digits))],
            Total = opening.Total.Shillings,
            Currency = opening.Currency.WireName,
            Digits = opening.Currency.Digits,
            Serving = Serving(opening),
            Tag = opening.Tag,
            CreatedAt = kitchen.Settings.LocalTimeOf(opening.OpenedAt),
            ExpiresAt = expires,
            Note = (page is null ? "Pay at the cashier before " : "Pay at the cashier or by phone before ")
                + expires.ToString("HH:mm", CultureInfo.InvariantCulture),
        };
    }

    private static SlipLine Line(Line line, int digits) => new()
    {
        Digits = digits,
        Quantity = line.Quantity,
        Name = line.Name,
        UnitPrice = line.UnitPrice.Shillings,
        LineTotal = line.Total.Shillings,
        Instructions = line.ItemInstructions,
    };

    private static string Serving(SessionOpening opening) => opening.FulfillmentType switch
    {
        FulfillmentType.DineIn => $"Dine in, table {opening.TableNumber}",
        FulfillmentType.Pickup => "Pick up",
        FulfillmentType.Delivery => "Delivery",
        FulfillmentType.DriveThrough => $"Drive through, lane {opening.LaneNumber}",
    };
}
