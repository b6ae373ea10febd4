using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Grains;

/// <summary>The services that session grains use.</summary>
public sealed record SessionServices(
    ICommits Commits, IStateReads Reads, SessionFactsSource Facts, IGrainFactory Grains, IAggregators Aggregators,
    IIds Ids, TimeProvider Clock, TimerWheel Wheel, SessionsAtRest AtRest, SessionsInMemory InMemory,
    KitchenInventories Inventories, ILogger<SessionServices> Log);
