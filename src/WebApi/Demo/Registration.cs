namespace JikoXpress.WebApi.Demo;

internal static class Registration
{
    /// <summary>The demo, which shows working credentials to whoever asks, and so is never on in Production.</summary>
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
