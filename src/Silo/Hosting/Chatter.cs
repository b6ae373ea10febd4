using Microsoft.Extensions.Logging;

namespace JikoXpress.Silo.Hosting;

/// <summary>Logs one line for each silo that joins or dies; the messages of Orleans itself are filtered out.</summary>
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
    /// <summary>Filters out log messages that do not help an operator, or that repeat another message.</summary>
    public static ILoggingBuilder WithoutChatter(this ILoggingBuilder logging) => logging
        // Four lines for each grain that is placed, and a line for each retry.
        .AddFilter("Polly", LogLevel.Error)
        // Its first check counts from the start of the machine. The silo's health check reports the rest.
        .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error)
        // Advice on the garbage collector, at each start.
        .AddFilter("Orleans.Runtime.Silo", LogLevel.Error)
        // Closed connections, refused connections, and each call that was lost with one. MemberNews logs the
        // reason, and the caller of each lost call gets an error.
        .AddFilter("Orleans.Runtime.Messaging", LogLevel.Error)
        .AddFilter("Orleans.Runtime.CallbackData", LogLevel.Error)
        .AddFilter("Orleans.Runtime.MembershipService.SiloHealthMonitor", LogLevel.Error)
        .AddFilter("Orleans.Messaging", LogLevel.Critical);
}
