namespace JikoXpress.Printing;

/// <summary>
/// A roll of thermal paper. Both kinds print 8 dots per millimetre and 12 dots per character, and leave a margin of
/// 4 to 5 mm at either edge that no printer can reach.
/// </summary>
public sealed record Paper
{
    private Paper(int millimetres, int dots)
    {
        Millimetres = millimetres;
        Dots = dots;
    }

    /// <summary>58 mm wide: 384 dots, 32 columns.</summary>
    public static Paper Roll58 { get; } = new(58, 384);

    /// <summary>80 mm wide: 576 dots, 48 columns.</summary>
    public static Paper Roll80 { get; } = new(80, 576);

    /// <summary>The width of the roll, margins included, in millimetres.</summary>
    public int Millimetres { get; }

    /// <summary>The printable width in dots.</summary>
    public int Dots { get; }

    /// <summary>The printable width in characters.</summary>
    public int Columns => Dots / 12;
}
