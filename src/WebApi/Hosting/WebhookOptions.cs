using JikoXpress.Webhooks;

namespace JikoXpress.WebApi.Hosting;

/// <summary>
/// JIKO_WEBHOOKS_TO_OWN_MACHINE: true lets events of test mode go to this machine, for developers. Default false.
/// </summary>
internal static class WebhookOptions
{
    public const string OwnMachine = "JIKO_WEBHOOKS_TO_OWN_MACHINE";

    /// <exception cref="InvalidOperationException">The setting is neither true nor false.</exception>
    public static WebhookSettings From(IConfiguration configuration) =>
        new(JikoXpressOptions.IsTrue(configuration, OwnMachine));
}
