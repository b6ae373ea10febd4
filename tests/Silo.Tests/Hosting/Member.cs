using JikoXpress.Jiko;
using JikoXpress.Silo.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Silo.Tests.Hosting;

/// <summary>A member of a cluster as the program makes it, in the test's process.</summary>
internal static class Member
{
    /// <param name="adjust">What the program does not have.</param>
    public static async Task<WebApplication> Start(
        string role, KeyValuePair<string, string?>[] settings, Action<WebApplicationBuilder>? adjust = null)
    {
        var member = JikoXpressSilo.Build(["--role", role, "--environment", "Development"], builder =>
        {
            builder.Configuration.AddInMemoryCollection(
            [
                new("JIKO_SILO_PORT", $"{Ports.Free()}"), new("JIKO_GATEWAY_PORT", $"{Ports.Free()}"), .. settings,
            ]);
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            adjust?.Invoke(builder);
        });
        await member.StartAsync();
        return member;
    }
}
