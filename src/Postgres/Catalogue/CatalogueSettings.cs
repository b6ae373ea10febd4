using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Postgres.Catalogue;

/// <summary>What an installation decides for itself.</summary>
public sealed class CatalogueSettings
{
    /// <summary>Short enough to be typed, long enough not to be guessed.</summary>
    private const int ShortestOperatorKey = 32;

    /// <summary>A key that is an operator's without being in the database: with it the first kitchen is made. Null: there is none.</summary>
    public string? OperatorKey { get; set; }

    /// <summary>Mixed into every PIN's hash, and kept out of the database. Once PINs exist it must stay as it is.</summary>
    public string PinPepper { get; set; } = "";

    public int ShortestPin { get; set; } = StaffRules.ShortestPin;

    /// <summary>What is wrong, in a sentence for who set it up; null where all is well.</summary>
    public string? Mistake => this switch
    {
        { OperatorKey.Length: < ShortestOperatorKey } =>
            $"JIKO_OPERATOR_KEY is too short: it must have at least {ShortestOperatorKey} characters, chosen at random.",
        { ShortestPin: < StaffRules.ShortestPin or > StaffRules.LongestPin } =>
            $"JIKO_SHORTEST_PIN must be {StaffRules.ShortestPin} to {StaffRules.LongestPin}.",
        _ => null,
    };
}
