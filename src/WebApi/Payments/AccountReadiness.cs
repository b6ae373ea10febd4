using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Payments;

namespace JikoXpress.WebApi.Payments;

/// <summary>Why a live kitchen cannot take mobile money.</summary>
internal enum UnreadyReason { NoAccount = 1, SwitchedOff, Unusable }

internal sealed record UnreadyKitchen(Guid KitchenId, string Name, UnreadyReason Reason);

/// <summary>Which live kitchens have no working account. In live mode the start says so in the log.</summary>
internal sealed class AccountReadiness(IPaymentAccounts accounts, Aggregators aggregators)
{
    public async Task<IReadOnlyList<UnreadyKitchen>> Missing()
    {
        var missing = new List<UnreadyKitchen>();
        foreach (var (kitchen, own) in await accounts.OfLiveKitchens())
        {
            if (await aggregators.AccountFor(kitchen, own, isForPush: false) is not null) continue;
            missing.Add(new UnreadyKitchen(kitchen.Id, kitchen.Name, own switch
            {
                null => UnreadyReason.NoAccount,
                { Count: 0 } => UnreadyReason.SwitchedOff,
                _ => UnreadyReason.Unusable,
            }));
        }

        return missing;
    }
}

/// <summary>
/// Says at the start of a live host which live kitchens cannot take mobile money. The host starts all the same: they
/// may take cash only, and others would be closed with them.
/// </summary>
internal sealed class AccountReadinessNote(AccountReadiness readiness, ILogger<AccountReadinessNote> log)
    : IHostedService
{
    private const int Named = 20;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var missing = await readiness.Missing();
        if (missing.Count > 0)
            log.KitchensWithoutAccount(
                missing.Count, string.Join(", ", missing.Take(Named).Select(kitchen => kitchen.KitchenId)));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
