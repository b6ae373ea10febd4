using JikoXpress.Grains.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Webhooks;

public static class Registration
{
    /// <summary>Adds the sending of webhooks to merchants. The store must have them.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services, WebhookSettings settings)
    {
        services.AddSingleton(settings);
        services.TryAddSingleton<INames, SystemNames>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton(provider => new WebhookRounds(
            provider.GetRequiredService<IWebhookFanOut>(), provider.GetRequiredService<IWebhookDeliveries>(),
            provider.GetRequiredService<WebhookSender>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<WebhookRounds>>()));
        services.AddHostedService<WebhookWorker>();
        return services;
    }
}
