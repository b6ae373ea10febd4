using System.Diagnostics;
using JikoXpress.Chaos.Clients;
using JikoXpress.Chaos.Processes;
using JikoXpress.Chaos.Proxy;

namespace JikoXpress.Chaos.Nemesis;

/// <summary>What can be broken.</summary>
/// <param name="Hosts">Those with grains in them.</param>
/// <param name="Fronts">Those that clients see; where there is one only, it is never away for long.</param>
internal sealed record Site(
    IReadOnlyList<HostProcess> Hosts, IReadOnlyList<HostProcess> Fronts, CampaignPostgres Postgres,
    DatabaseProxy Network, WebhookGate Webhooks, Phones Phones, Journal Journal)
{
    public IReadOnlyList<HostProcess> Programs { get; } = [.. Hosts.Union(Fronts)];
}

/// <summary>Breaks one thing after the other, by the dice, and waits each time until all is well again.</summary>
/// <param name="moment">What stops and pauses are measured in.</param>
/// <param name="absence">How long a host is away that does not come back at once.</param>
internal sealed class Troublemaker(
    Site site, TimeSpan moment, TimeSpan absence, Dice dice, Tally tally, Action<string> say)
{
    /// <summary>Every fault once, and the commonest ones more often.</summary>
    private static readonly Fault[] Round =
    [
        .. Enum.GetValues<Fault>(), Fault.KilledHost, Fault.KilledHost, Fault.Cut, Fault.LostAnswer,
    ];

    /// <summary>One round of faults, in an order that the dice choose.</summary>
    public async Task MakeTrouble(CancellationToken cancellation)
    {
        foreach (var fault in dice.Shuffled(Round))
        {
            cancellation.ThrowIfCancellationRequested();
            var well = new Stopwatch();
            site.Journal.LongestWait();
            await Break(fault, well);
            if (!well.IsRunning) well.Start();
            foreach (var host in site.Programs) await host.Ready();
            tally.Recovered(fault, well.Elapsed);
            say($"{fault}: all well after {well.Elapsed.TotalSeconds:F1} s");
            await Task.Delay(dice.Between(moment / 2, moment * 2), cancellation);
            tally.Waited(fault, site.Journal.LongestWait());
        }
    }

    /// <param name="well">Started where the fault ends and getting well begins, if that is before the return.</param>
    private async Task Break(Fault fault, Stopwatch well)
    {
        var host = dice.Of(fault is Fault.LostHost or Fault.PausedHost ? site.Hosts : site.Programs);
        switch (fault)
        {
            case Fault.KilledHost:
                await host.Kill();
                tally.Fired(fault);
                well.Start();
                await host.Start();
                break;
            case Fault.LostHost:
                await host.Kill();
                tally.Fired(fault);
                await Task.Delay(absence);
                well.Start();
                await host.Start();
                break;
            case Fault.PausedHost:
                await host.Pause(absence);
                tally.Fired(fault);
                break;
            case Fault.StoppedDatabase:
                await site.Postgres.StopAtOnce();
                tally.Fired(fault);
                await Task.Delay(dice.Between(TimeSpan.Zero, moment * 3));
                well.Start();
                await site.Postgres.Start();
                break;
            case Fault.KilledBackend:
                if (await site.Postgres.KillBackend()) tally.Fired(fault);
                break;
            case Fault.Cut:
                if (site.Network.Cut() > 0) tally.Fired(fault);
                break;
            case Fault.HalfOpen:
                if (site.Network.CutAppSide() > 0) tally.Fired(fault);
                break;
            case Fault.LostAnswer:
                if (await site.Network.CutAtCommit(TimeSpan.FromSeconds(10))) tally.Fired(fault);
                break;
            case Fault.Stalled:
                await site.Network.Stall(dice.Between(moment, moment * 6));
                tally.Fired(fault);
                break;
            case Fault.Slow:
                await site.Network.Delay(TimeSpan.FromMilliseconds(20 + dice.Below(130)), moment * 4);
                tally.Fired(fault);
                break;
            case Fault.KilledInOutage:
                await site.Postgres.StopAtOnce();
                await host.Kill();
                var starting = host.Start();
                await Task.Delay(moment);
                await site.Postgres.Start();
                await starting;
                tally.Fired(fault);
                break;
            case Fault.LatePayments:
                await LetGuestsPay();
                tally.Fired(fault);
                break;
        }
    }

    /// <summary>Nobody asks about them soon any more, so that what is told of them must arrive.</summary>
    public async Task LetGuestsPay()
    {
        site.Webhooks.MayDrop = false;
        await site.Phones.LetTenMinutesPass();
        await Task.Delay(moment);
        site.Webhooks.MayDrop = true;
    }
}
