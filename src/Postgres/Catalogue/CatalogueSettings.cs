using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Postgres.Catalogue;

/// <summary>What an installation decides for itself.</summary>
/// <param name="OperatorKey">A key that is an operator's without a row: with it the first kitchen is made.</param>
/// <param name="PinPepper">
/// Mixed into every PIN's hash, and kept out of the database. Once PINs exist it must stay as it is.
/// </param>
/// <param name="ShortestPin">In digits; 4 to 6.</param>
public sealed record CatalogueSettings(
    string? OperatorKey = null, string? PinPepper = null, int ShortestPin = StaffRules.ShortestPin);
