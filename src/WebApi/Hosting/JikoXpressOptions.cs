namespace JikoXpress.WebApi.Hosting;

/// <summary>How this host is set up. Everything comes from the environment; ASPNETCORE_URLS says where it listens.</summary>
/// <param name="Postgres">JIKO_POSTGRES: the database, as an Npgsql connection string. There is no default.</param>
/// <param name="Demo">JIKO_DEMO: true brings a demo kitchen with staff, menu and tokens. Default false.</param>
/// <param name="OperatorKey">JIKO_OPERATOR_KEY: the token of the operator, at least 32 characters. Default: nobody's.</param>
public sealed record JikoXpressOptions(string Postgres, bool Demo, string? OperatorKey)
{
    private const int ShortestKey = 32;

    /// <exception cref="InvalidOperationException">Something is missing or wrong; the message says what.</exception>
    public static JikoXpressOptions From(IConfiguration configuration)
    {
        var postgres = configuration["JIKO_POSTGRES"];
        if (string.IsNullOrWhiteSpace(postgres))
        {
            throw new InvalidOperationException("JIKO_POSTGRES is not set: which database is it?");
        }

        var key = configuration["JIKO_OPERATOR_KEY"] is { Length: > 0 } given ? given : null;
        return key is { Length: < ShortestKey }
            ? throw new InvalidOperationException($"JIKO_OPERATOR_KEY has fewer than {ShortestKey} characters.")
            : new JikoXpressOptions(postgres, configuration.GetValue<bool>("JIKO_DEMO"), key);
    }
}
