namespace JikoXpress.WebApi.Documentation;

/// <summary>Forms of texts as regular expressions of JSON Schema (ECMA-262), for what code elsewhere reads.</summary>
internal static class Patterns
{
    /// <summary>What <see cref="Domain.PhoneNumber"/> takes.</summary>
    public const string Phone = @"^\+255[67][0-9]{8}$";

    /// <summary>What <see cref="Domain.Kitchens.StaffRules"/> take at the least, one digit repeated aside.</summary>
    public const string Pin = "^[0-9]{4,6}$";

    /// <summary>Hours and minutes, as in 04:00.</summary>
    public const string TimeOfDay = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

    /// <summary>What <see cref="Domain.Sessions.SlipNumber"/> takes, the check digit aside.</summary>
    public const string SlipNumber = "^[0-9]{4,9}-[0-9]$";

    /// <summary>What <see cref="Domain.Sessions.SlipCode"/> gives out.</summary>
    public const string SlipCode = "^[0-9A-HJKMNP-TV-Z]{13}$";
}
