using static JikoXpress.Domain.Channel;
using static JikoXpress.Domain.FulfillmentType;
using static JikoXpress.Domain.PaymentMethod;
using static JikoXpress.Domain.SessionType;

namespace JikoXpress.Domain.Sessions;

/// <summary>
/// The API reference's matrix of channels and fulfilment types, and what web shops do. Every pair has a row.
/// </summary>
public sealed record FulfillmentTerms(Channel Channel, FulfillmentType FulfillmentType, bool Allowed)
{
    public static Sequence<FulfillmentTerms> Matrix { get; } =
    [
        //   channel    fulfilment     allowed
        new( Pos,       DineIn,        true  ),
        new( Pos,       Pickup,        true  ),
        new( Pos,       Delivery,      false ),
        new( Pos,       DriveThrough,  true  ),
        new( Kiosk,     DineIn,        true  ),
        new( Kiosk,     Pickup,        true  ),
        new( Kiosk,     Delivery,      false ),
        new( Kiosk,     DriveThrough,  false ),
        new( TableQr,   DineIn,        true  ),
        new( TableQr,   Pickup,        false ),
        new( TableQr,   Delivery,      false ),
        new( TableQr,   DriveThrough,  false ),
        new( App,       DineIn,        false ),
        new( App,       Pickup,        true  ),
        new( App,       Delivery,      true  ),
        new( App,       DriveThrough,  false ),
        new( Whatsapp,  DineIn,        false ),
        new( Whatsapp,  Pickup,        true  ),
        new( Whatsapp,  Delivery,      true  ),
        new( Whatsapp,  DriveThrough,  false ),
        new( Hosted,    DineIn,        false ),
        new( Hosted,    Pickup,        true  ),
        new( Hosted,    Delivery,      true  ),
        new( Hosted,    DriveThrough,  false ),
    ];

    public static IEnumerable<FulfillmentType> AllowedOn(Channel channel) =>
        Matrix.Where(row => row.Channel == channel && row.Allowed).Select(row => row.FulfillmentType);
}

/// <summary>
/// The session types and payment methods of each channel. Only staff can attest money that the system cannot see, so
/// cash, cards on the kitchen's terminal and the kitchen's own payment methods need the POS, where a cashier is.
/// </summary>
public sealed record ChannelTerms(Channel Channel, Sequence<SessionType> Types, Sequence<PaymentMethod> Methods)
{
    /// <summary>The methods that a cashier may take at the till, for a slip and for a bill.</summary>
    public static Sequence<PaymentMethod> AtTheCashier { get; } =
        [Cash, MobileMoney, Card, PlatformWallet, KitchenWallet, KitchenChannel];

    /// <summary>
    /// The methods for the rest of an underpaid payment, which a manager takes: only those that are final at once.
    /// </summary>
    public static Sequence<PaymentMethod> OfTheRest { get; } = [Cash, Card, KitchenWallet, KitchenChannel];

    public static Sequence<ChannelTerms> Table { get; } =
    [
        //   channel    types                   methods
        new( Pos,       [Immediate, Slip, Tab], AtTheCashier                  ),
        new( Kiosk,     [Immediate, Slip],      [MobileMoney]                 ),
        new( TableQr,   [Immediate, Slip],      [MobileMoney]                 ),
        new( App,       [Immediate],            [MobileMoney, PlatformWallet] ),
        new( Whatsapp,  [Immediate],            [MobileMoney]                 ),
        new( Hosted,    [Immediate],            [MobileMoney]                 ),
    ];

    public static ChannelTerms Of(Channel channel) => Table.Single(row => row.Channel == channel);
}
