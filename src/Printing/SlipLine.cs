using JikoXpress.Printing.Text;

namespace JikoXpress.Printing;

/// <summary>One priced line of a slip; amounts in whole shillings.</summary>
public sealed record SlipLine
{
    public required int Quantity { get; init => field = (int)Amount.NotNegative(value); }

    public required string Name { get; init => field = SlipText.Clean(value); }

    public required long UnitPrice { get; init => field = Amount.NotNegative(value); }

    public required long LineTotal { get; init => field = Amount.NotNegative(value); }

    /// <summary>The guest's instructions, in the guest's own words.</summary>
    public string? Instructions { get; init => field = SlipText.CleanOrNothing(value); }
}
