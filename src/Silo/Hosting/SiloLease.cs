using System.Net.Sockets;
using JikoXpress.Postgres.Cluster;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;

namespace JikoXpress.Silo.Hosting;

/// <summary>
/// Holds the lease of this silo while it runs. Before the silo starts, it declares dead the members that hold no lease
/// and accept no connection. Otherwise the silo would try to reach them until their last sign of life is old.
/// </summary>
internal sealed class SiloLease(
    ILocalSiloDetails silo, IOptions<ClusterOptions> cluster, IMembershipTable table, MemberLeases leases, Turns turns,
    ILogger<SiloLease> log) : BackgroundService
{
    private static readonly TimeSpan BeforeTryingAgain = TimeSpan.FromSeconds(1);

    /// <summary>Timeout for a connection to a member. TCP sends a lost packet again after 1 s.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromSeconds(2);

    /// <summary>Others change the table at the same time. After the last try, the silo waits for the member.</summary>
    private const int MostTries = 5;

    private MemberLease? first;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        first = await leases.Take(NameOf(silo.SiloAddress), cancellationToken);
        await table.InitializeMembershipTableAsync(true, cancellationToken);
        await using (await turns.Take(cancellationToken)) await EndTheGone(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var lease = first; !stoppingToken.IsCancellationRequested; lease = null)
        {
            try
            {
                await using var held = lease ?? await leases.Take(NameOf(silo.SiloAddress), stoppingToken);
                await held.Lost(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException failure)
            {
                Log.LeaseFailed(log, failure);
                await Task.Delay(BeforeTryingAgain, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task EndTheGone(CancellationToken cancellation)
    {
        var members = (await table.ReadAllAsync(cancellation)).Members
            .Where(member => member.Item1.Status is not SiloStatus.Dead)
            .ToDictionary(member => NameOf(member.Item1.SiloAddress), member => member.Item1.SiloAddress);
        var lost = (await leases.WithoutLease(members.Keys, cancellation)).Select(name => members[name]).ToList();
        var accepts = await Task.WhenAll(lost.Select(member => Accepts(member, cancellation)));
        foreach (var (member, isThere) in lost.Zip(accepts))
            if (!isThere) await End(member, cancellation);
    }

    private async Task End(SiloAddress gone, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            var members = await table.ReadAllAsync(cancellation);
            if (members.TryGet(gone) is not var (member, tag) || member.Status is SiloStatus.Dead) return;
            member.Status = SiloStatus.Dead;
            if (!await table.UpdateRowAsync(member, tag, members.Version.Next(), cancellation)) continue;
            Log.MemberGone(log, gone);
            return;
        }
    }

    /// <summary>The operating system accepts connections even when the process hangs.</summary>
    private static async Task<bool> Accepts(SiloAddress member, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Reach);
        using var socket = new Socket(member.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(member.Endpoint, patience.Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private string NameOf(SiloAddress address) => $"{cluster.Value.ClusterId} {address.ToParsableString()}";
}

/// <summary>
/// Makes silos that start together join one after the other. Otherwise a silo finds that another has changed the
/// membership table, and tries again only two to four seconds later.
/// </summary>
internal sealed class Turns(IOptions<ClusterOptions> cluster, MemberLeases leases)
    : ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>A silo that takes longer waits for members that do not answer; others need not wait for it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    private IAsyncDisposable? turn;

    public void Participate(ISiloLifecycle lifecycle)
    {
        lifecycle.Subscribe(
            nameof(Turns), ServiceLifecycleStage.AfterRuntimeGrainServices - 1,
            async cancellation => turn = await Take(cancellation), _ => End());
        lifecycle.Subscribe(nameof(Turns), ServiceLifecycleStage.Active, _ => End());
    }

    /// <summary>Null if the wait took longer than <see cref="Longest"/>.</summary>
    public async Task<IAsyncDisposable?> Take(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Longest);
        try
        {
            return await leases.Take($"{cluster.Value.ClusterId} joins", patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task End()
    {
        if (Interlocked.Exchange(ref turn, null) is { } over) await over.DisposeAsync();
    }
}
