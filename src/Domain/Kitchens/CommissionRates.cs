namespace JikoXpress.Domain.Kitchens;

/// <summary>
/// The platform's commission on a kitchen's sales, by channel, in basis points: 1,000 are 10 %. Only channels that the
/// platform brings guests by have one; what is taken at the counter is the kitchen's alone.
/// </summary>
public readonly record struct CommissionRates(int App = 0, int Whatsapp = 0, int Hosted = 0)
{
    /// <summary>All of what was paid.</summary>
    public const int Whole = 10_000;

    /// <summary>The rate on a channel; null where there is no commission.</summary>
    public int? On(Channel channel) => channel switch
    {
        Channel.App => App,
        Channel.Whatsapp => Whatsapp,
        Channel.Hosted => Hosted,
        Channel.Pos or Channel.Kiosk or Channel.TableQr => 0,
    } is var rate and > 0 ? rate : null;

    public Sequence<Refusal> Broken() =>
    [
        .. Rate(App, "/app"),
        .. Rate(Whatsapp, "/whatsapp"),
        .. Rate(Hosted, "/hosted"),
    ];

    private static Refusal[] Rate(int rate, string pointer) =>
        rate is < 0 or > Whole ? [KitchenRefusals.OutOfRange(pointer, $"0 to {Whole} basis points.")] : [];
}
