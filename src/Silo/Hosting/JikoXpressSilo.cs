using System.Diagnostics;
using JikoXpress.Silo.Trust;
using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Orleans.Dashboard;

namespace JikoXpress.Silo.Hosting;

/// <summary>Builds a process of the cluster for the role in its settings.</summary>
public static class JikoXpressSilo
{
    /// <param name="adjust">Settings of a test; they are applied first.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null) =>
        RoleOf(args) switch
        {
            Role.All => WithNews(WithDashboard(JikoXpressWeb.Build(args, AddSilo, adjust, Risks(Role.All)))),
            Role.Silo => JikoXpressWeb.BuildWithoutApi(args, AddSilo, adjust, Risks(Role.Silo)),
            Role.Web => WithDashboard(JikoXpressWeb.Build(args, AddClient, adjust, Risks(Role.Web))),
            var unknown => throw new UnreachableException($"The role {unknown} is not known."),
        };

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
