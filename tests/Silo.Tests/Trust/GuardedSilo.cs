using System.Net;
using JikoXpress.Jiko;
using JikoXpress.Silo.Tests.Hosting;
using JikoXpress.Silo.Trust;
using JikoXpress.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace JikoXpress.Silo.Tests.Trust;

/// <summary>A silo with a certificate; it counts who comes to its ports, and who comes in.</summary>
public sealed class GuardedSilo : IAsyncLifetime
{
    private readonly TestDatabase database = new();
    private WebApplication? silo;
    private int arrived;
    private int admitted;

    internal Authority Authority { get; } = new();

    internal Authority OtherAuthority { get; } = new();

    internal IPEndPoint Silo { get; } = new(IPAddress.Loopback, Ports.Free());

    internal IPEndPoint Gateway { get; } = new(IPAddress.Loopback, Ports.Free());

    internal TestDatabase Database => database;

    internal ClusterTrust Trust => silo!.Services.GetRequiredService<ClusterTrust>();

    /// <summary>Connections, TLS or not.</summary>
    internal int Arrived => Volatile.Read(ref arrived);

    /// <summary>Connections that Orleans heard of.</summary>
    internal int Admitted => Volatile.Read(ref admitted);

    internal IEnumerable<KeyValuePair<string, string?>> Settings =>
        [new("JIKO_POSTGRES", database.ConnectionString), new("JIKO_CLUSTER", "guarded")];

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        silo = await Member.Start(
            "silo",
            [.. Settings, .. Authority.Files("silo", Authority.SiloUsage)],
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(
                    [new("JIKO_SILO_PORT", $"{Silo.Port}"), new("JIKO_GATEWAY_PORT", $"{Gateway.Port}")]);
                // What is configured first is outside of TLS, and what comes last inside.
                builder.Services.Configure<SiloConnectionOptions>(ports => Count(ports, () => Add(ref arrived)));
                builder.Services.PostConfigure<SiloConnectionOptions>(ports => Count(ports, () => Add(ref admitted)));
            });
    }

    public async ValueTask DisposeAsync()
    {
        await silo!.StopAsync();
        await silo.DisposeAsync();
        await database.DisposeAsync();
        Authority.Dispose();
        OtherAuthority.Dispose();
    }

    private static void Add(ref int count) => Interlocked.Increment(ref count);

    private static void Count(SiloConnectionOptions ports, Action count)
    {
        void Configure(IConnectionBuilder connections) => connections.Use(next => connection =>
        {
            count();
            return next(connection);
        });
        ports.ConfigureSiloInboundConnection(Configure);
        ports.ConfigureGatewayInboundConnection(Configure);
    }
}
