using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Postgres.Catalogue;

/// <summary>Settings of an installation.</summary>
/// <param name="OperatorKey">An operator key without a row; it is used to create the first kitchen.</param>
/// <param name="PinPepper">
/// Secret mixed into every PIN's hash, and not stored in the database. It must not change once PINs exist.
/// </param>
/// <param name="ShortestPin">Least number of digits of a PIN, 4 to 6.</param>
/// <param name="StrictPins">New PINs must not be among those that are tried first, such as 1234.</param>
public sealed record CatalogueSettings(
    string? OperatorKey = null, string? PinPepper = null, int ShortestPin = StaffRules.ShortestPin,
    bool StrictPins = false);
