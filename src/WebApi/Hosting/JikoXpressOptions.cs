using System.Globalization;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Postgres;
using JikoXpress.Postgres.Access;

namespace JikoXpress.WebApi.Hosting;

/// <summary>The settings of this process, from the environment. ASPNETCORE_URLS sets the addresses.</summary>
/// <param name="Postgres">JIKO_POSTGRES: the database, as an Npgsql connection string. There is no default.</param>
/// <param name="Demo">JIKO_DEMO: true adds a demo kitchen with staff, menu and tokens. Default false.</param>
/// <param name="Credentials">
/// JIKO_OPERATOR_KEY: the operator's token, at least 32 characters, by default none. JIKO_PIN_PEPPER: a secret
/// mixed into PINs, by default none. JIKO_SHORTEST_PIN: 4 to 6 digits, by default 4.
/// JIKO_STAFF_SESSION_HOURS: how long a sign-in of staff lasts, 1 to 24 hours, by default 8.
/// </param>
public sealed record JikoXpressOptions(string Postgres, bool Demo, CredentialSettings Credentials)
{
    private const int ShortestKey = 32;

    /// <exception cref="InvalidOperationException">A setting is missing or not valid; the message names it.</exception>
    public static JikoXpressOptions From(IConfiguration configuration)
    {
        var postgres = configuration["JIKO_POSTGRES"];
        if (string.IsNullOrWhiteSpace(postgres))
        {
            throw new InvalidOperationException("JIKO_POSTGRES is not set; it names the database.");
        }

        if (!JikoDatabase.IsConnectionString(postgres))
        {
            // The string itself may hold a password.
            throw new InvalidOperationException(
                "JIKO_POSTGRES is no Npgsql connection string, as in Host=...;Database=...");
        }

        return new JikoXpressOptions(postgres, HasDemo(configuration), CredentialsOf(configuration));
    }

    /// <exception cref="InvalidOperationException">JIKO_DEMO is neither true nor false.</exception>
    public static bool HasDemo(IConfiguration configuration) => IsTrue(configuration, "JIKO_DEMO");

    /// <summary>A setting that is true or false, and false where it is not set.</summary>
    /// <exception cref="InvalidOperationException">It is neither.</exception>
    public static bool IsTrue(IConfiguration configuration, string name)
    {
        if (configuration[name] is not { Length: > 0 } text) return false;
        return bool.TryParse(text, out var isTrue)
            ? isTrue
            : throw new InvalidOperationException($"{name} must be true or false; it is {text}.");
    }

    private static CredentialSettings CredentialsOf(IConfiguration configuration)
    {
        var key = configuration["JIKO_OPERATOR_KEY"] is { Length: > 0 } given ? given : null;
        if (key is { Length: < ShortestKey })
            throw new InvalidOperationException($"JIKO_OPERATOR_KEY must have at least {ShortestKey} characters.");

        return new CredentialSettings(
            key, configuration["JIKO_PIN_PEPPER"],
            Whole("JIKO_SHORTEST_PIN", StaffRules.ShortestPin, StaffRules.ShortestPin, StaffRules.LongestPin),
            StrictPins: configuration["JIKO_MODE"] is "live",
            StaffSessionHours: Whole(
                "JIKO_STAFF_SESSION_HOURS", StaffRules.UsualSession, StaffRules.ShortestSession,
                StaffRules.LongestSession));

        int Whole(string name, int unlessSet, int least, int most)
        {
            if (configuration[name] is not { Length: > 0 } digits) return unlessSet;
            return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= least && number <= most
                    ? number
                    : throw new InvalidOperationException($"{name} must be {least} to {most}; it is {digits}.");
        }
    }
}
