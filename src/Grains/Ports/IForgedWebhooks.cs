namespace JikoXpress.Grains.Ports;

/// <summary>Where webhooks that proved nothing are counted, for operators.</summary>
public interface IForgedWebhooks
{
    Task Add(IReadOnlyCollection<ForgedWebhooks> counted);
}

/// <summary>Webhooks that proved nothing.</summary>
/// <param name="Adapter">The account that they named.</param>
/// <param name="Day">In UTC.</param>
public sealed record ForgedWebhooks(
    string Adapter, DateOnly Day, long Count, DateTimeOffset FirstAt, DateTimeOffset LastAt);
