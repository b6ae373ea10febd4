namespace JikoXpress.WebApi.Demo;

internal static class Registration
{
    /// <summary>Adds the demo. It shows working credentials to anyone, so it is refused in Production.</summary>
    /// <exception cref="InvalidOperationException">This is Production.</exception>
    public static void AddDemo(this WebApplicationBuilder builder)
    {
        if (builder.Environment.IsProduction())
        {
            throw new InvalidOperationException(
                "JIKO_DEMO is true, and the demo shows working credentials to everybody: it does not "
                + "run in Production. Leave JIKO_DEMO out, or set ASPNETCORE_ENVIRONMENT to Development.");
        }

        builder.Services.AddSingleton<DemoSetup>();
        builder.Services.AddSingleton<DemoDoors>();
        builder.Services.AddSingleton<DemoTokens>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<DemoTokens>());
    }
}
