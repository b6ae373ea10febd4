using System.Diagnostics;
using JikoXpress.Postgres;
using JikoXpress.Postgres.Secrets;
using JikoXpress.Silo.Trust;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Orleans.Dashboard;

namespace JikoXpress.Silo.Hosting;

/// <summary>Builds a process of the cluster for the role in its settings.</summary>
public static class JikoXpressSilo
{
    /// <summary>
    /// Runs a process until it is stopped. Settings on which it does not start end it with a line for each reason, and
    /// without a stack trace: they are for the person who set them.
    /// </summary>
    /// <returns>The exit code: 0, or 1 if it did not start.</returns>
    public static async Task<int> Run(string[] args, TextWriter errors, Action<WebApplicationBuilder>? adjust = null)
    {
        WebApplication web;
        try
        {
            web = Build(args, adjust);
        }
        catch (InvalidOperationException wrong)
        {
            await errors.WriteLineAsync($"This process does not start: {wrong.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
        catch (LiveModeException refused)
        {
            await errors.WriteLineAsync(refused.Message);
            return 1;
        }

        try
        {
            await RunToItsEnd(web);
            return 0;
        }
        catch (LiveModeException refused)
        {
            // Some reasons are found in the database.
            await errors.WriteLineAsync(refused.Message);
            return 1;
        }
        catch (StartRefusedException refused)
        {
            await errors.WriteLineAsync($"This process does not start: {refused.Message}");
            return 1;
        }
    }

    /// <param name="adjust">Settings of a test; they are applied first.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null) =>
        RoleOf(args) switch
        {
            Role.All => WithNews(WithDashboard(JikoXpressWeb.Build(args, AddSilo, adjust, Risks(Role.All)))),
            Role.Silo => JikoXpressWeb.BuildWithoutApi(args, AddSilo, adjust, Risks(Role.Silo)),
            Role.Web => WithDashboard(JikoXpressWeb.Build(args, AddClient, adjust, Risks(Role.Web))),
            var unknown => throw new UnreachableException($"The role {unknown} is not known."),
        };

    private static async Task RunToItsEnd(WebApplication web)
    {
        await using (web)
        {
            try
            {
                await web.StartAsync();
            }
            catch
            {
                // Services that have started are ended now. Unless the host says that it stops, each would be logged
                // as one that has failed, and hide the reason.
                web.Lifetime.StopApplication();
                throw;
            }

            await web.WaitForShutdownAsync();
        }
    }

    private static WebApplication WithDashboard(WebApplication web)
    {
        if (ClusterSettings.From(web.Configuration).Dashboard) web.MapOrleansDashboard("/dashboard").ForOperator();
        return web;
    }

    private static WebApplication WithNews(WebApplication web)
    {
        web.SendCatalogueNews();
        return web;
    }

    private static Func<IConfiguration, IEnumerable<string>> Risks(Role role) =>
        configuration => ClusterTrust.Risks(configuration, role);

    private static Role RoleOf(string[] args) => ClusterSettings.RoleOf(
        new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build());

    private static void AddSilo(WebApplicationBuilder builder, JikoXpressOptions options) =>
        builder.AddSilo(options.Postgres, ClusterSettings.From(builder.Configuration));

    private static void AddClient(WebApplicationBuilder builder, JikoXpressOptions options) =>
        builder.AddClusterClient(options.Postgres, ClusterSettings.From(builder.Configuration));
}
