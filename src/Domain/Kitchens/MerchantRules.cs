namespace JikoXpress.Domain.Kitchens;

/// <summary>A merchant to make: a business whose web shops are paid through hosted sessions.</summary>
/// <param name="StoreIds">Its kitchens, which merchants call stores.</param>
public sealed record MerchantPlan(string Name, Sequence<Guid> StoreIds);

/// <summary>An API key to make for a merchant's backend.</summary>
/// <param name="Scopes">Null for all of them.</param>
public sealed record MerchantKeyPlan(string Name, Sequence<string>? Scopes = null);

/// <summary>The rules of merchants and their keys.</summary>
public static class MerchantRules
{
    public const string ReadPayments = "payments:read";
    public const string WritePayments = "payments:write";
    public const string ReadWebhooks = "webhooks:read";
    public const string WriteWebhooks = "webhooks:write";
    public const int MostStores = 100;

    /// <summary>How long a key that was replaced works beside the new one, in hours.</summary>
    public const int UsualOverlap = 24;
    public const int LongestOverlap = 168;

    public static Sequence<string> Scopes { get; } = [ReadPayments, WritePayments, ReadWebhooks, WriteWebhooks];

    public static Sequence<Refusal> Broken(MerchantPlan plan) =>
    [
        .. FieldRules.Name(plan.Name),
        .. plan.StoreIds switch
        {
            [] => [MerchantRefusals.StoresRequired],
            { Count: > MostStores } => [MerchantRefusals.TooManyStores],
            _ => Array.Empty<Refusal>(),
        },
    ];

    /// <summary>Refuses stores that do not exist, and a mix of live and test ones.</summary>
    /// <param name="liveModes">The modes of those stores that exist.</param>
    public static Sequence<Refusal> Broken(Sequence<Guid> storeIds, IReadOnlyDictionary<Guid, bool> liveModes)
    {
        var missing = Enumerable.Range(0, storeIds.Count)
            .Where(place => !liveModes.ContainsKey(storeIds[place]))
            .Select(MerchantRefusals.StoreNotFound)
            .ToSequence();
        return missing.Count == 0 && liveModes.Values.Distinct().Count() > 1
            ? [MerchantRefusals.StoresOfBothModes]
            : missing;
    }

    public static Sequence<Refusal> Broken(MerchantKeyPlan plan) =>
    [
        .. FieldRules.Name(plan.Name),
        .. plan.Scopes is [] ? [MerchantRefusals.ScopeUnknown("/scopes")] : Array.Empty<Refusal>(),
        .. (plan.Scopes ?? []).Index()
            .Where(scope => !Scopes.Contains(scope.Item))
            .Select(scope => MerchantRefusals.ScopeUnknown($"/scopes/{scope.Index}")),
    ];

    public static Sequence<Refusal> BrokenOverlap(int hours) =>
        hours is < 0 or > LongestOverlap ? [MerchantRefusals.OverlapOutOfRange] : [];
}
