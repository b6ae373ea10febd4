using Microsoft.Extensions.Logging;

namespace JikoXpress.Silo.Hosting;

/// <summary>Who joined and who is gone, in one line each, instead of what each part of Orleans notices of it.</summary>
internal sealed class MemberNews(ISiloStatusOracle membership, ILocalSiloDetails silo, ILogger<MemberNews> log)
    : ILifecycleParticipant<ISiloLifecycle>, ISiloStatusListener
{
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(MemberNews), ServiceLifecycleStage.Active,
        _ =>
        {
            membership.SubscribeToSiloStatusEvents(this);
            return Task.CompletedTask;
        });

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (updatedSilo.Equals(silo.SiloAddress)) return;
        if (status is SiloStatus.Active) Log.MemberJoined(log, updatedSilo);
        if (status is SiloStatus.Dead) Log.MemberLeft(log, updatedSilo);
    }
}

internal static class Chatter
{
    /// <summary>Leaves out of the log what tells an operator nothing, or what another line tells already.</summary>
    public static ILoggingBuilder WithoutChatter(this ILoggingBuilder logging) => logging
        // Four lines for each grain that is placed, and what is tried again.
        .AddFilter("Polly", LogLevel.Error)
        // At its first look it counts from the machine's start. What is true of it the silo's own health tells, too.
        .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error)
        // Advice on the garbage collector, at each start.
        .AddFilter("Orleans.Runtime.Silo", LogLevel.Error)
        // A connection that ends, one that is refused, and each call that was lost with it. MemberNews tells the
        // reason, and the call's answer the rest.
        .AddFilter("Orleans.Runtime.Messaging", LogLevel.Error)
        .AddFilter("Orleans.Runtime.CallbackData", LogLevel.Error)
        .AddFilter("Orleans.Runtime.MembershipService.SiloHealthMonitor", LogLevel.Error)
        .AddFilter("Orleans.Messaging", LogLevel.Critical);
}
