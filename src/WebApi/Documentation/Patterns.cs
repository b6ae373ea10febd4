namespace JikoXpress.WebApi.Documentation;

/// <summary>Regular expressions for JSON Schema (ECMA-262), for texts that other code parses.</summary>
internal static class Patterns
{
    /// <summary>
    /// E.164, as phones are kept. <see cref="Domain.PhoneNumber"/> says of which countries; people may write them in
    /// other ways, too.
    /// </summary>
    public const string Phone = @"^\+[0-9]{10,15}$";

    /// <summary>The form of <see cref="Domain.Kitchens.StaffRules"/>; they also refuse one repeated digit.</summary>
    public const string Pin = "^[0-9]{4,6}$";

    /// <summary>Hours and minutes, as in 04:00.</summary>
    public const string TimeOfDay = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

    /// <summary>The form of <see cref="Domain.Sessions.SlipNumber"/>, which also checks the check digit.</summary>
    public const string SlipNumber = "^[0-9]{4,9}-[0-9]$";

    /// <summary>The form in which <see cref="Domain.Sessions.SlipCode"/> writes a code.</summary>
    public const string SlipCode = "^[0-9A-HJKMNP-TV-Z]{13}$";
}
