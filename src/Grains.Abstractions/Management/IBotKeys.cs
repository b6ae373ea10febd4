using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>The keys of WhatsApp bots, each bound to the kitchens whose orders the bot takes.</summary>
public interface IBotKeys
{
    /// <summary>Newest first, revoked ones included.</summary>
    Task<IReadOnlyList<BotKey>> List();

    /// <summary>Refuses unless all its kitchens exist and all are live, or all are test.</summary>
    Task<Reply<NewBotKey>> Add(BotKeyPlan plan, SecretOperation? once = null);

    Task<Reply<BotKey>> Revoke(Guid keyId);
}

/// <param name="LiveMode">The same as that of its kitchens.</param>
public sealed record BotKey(
    Guid Id, string Name, Sequence<Guid> KitchenIds, bool LiveMode, DateTimeOffset CreatedAt, bool Active);

/// <param name="Token">Shown this once.</param>
public sealed record NewBotKey(BotKey Key, string Token);
