namespace JikoXpress.Domain.Kitchens;

/// <summary>A merchant to make: a business whose web shops are paid through hosted sessions.</summary>
/// <param name="StoreIds">Its kitchens, which merchants call stores.</param>
public sealed record MerchantPlan(string Name, Sequence<Guid> StoreIds);

/// <summary>An API key to make for a merchant's backend.</summary>
/// <param name="Scopes">Null for all of them.</param>
public sealed record MerchantKeyPlan(string Name, Sequence<string>? Scopes = null);

/// <summary>An app token to make with a key.</summary>
/// <param name="Scopes">Null for all of the key's.</param>
/// <param name="ExpiresInSeconds">Null for an hour.</param>
public sealed record AppTokenPlan(Sequence<string>? Scopes = null, int? ExpiresInSeconds = null)
{
    public TimeSpan Life => TimeSpan.FromSeconds(ExpiresInSeconds ?? MerchantRules.UsualTokenLife);
}

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

    /// <summary>How long an app token works, in seconds.</summary>
    public const int ShortestTokenLife = 60;
    public const int UsualTokenLife = 3_600;
    public const int LongestTokenLife = 86_400;

    public static Sequence<string> Scopes { get; } = [ReadPayments, WritePayments, ReadWebhooks, WriteWebhooks];

    /// <summary>What an app may do, which is in customers' hands: secrets of webhooks are not for it.</summary>
    public static Sequence<string> AppScopes { get; } = [ReadPayments, WritePayments];

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
        [.. FieldRules.Name(plan.Name), .. BrokenScopes(plan.Scopes, Scopes)];

    public static Sequence<Refusal> Broken(AppTokenPlan plan) =>
    [
        .. BrokenScopes(plan.Scopes, AppScopes),
        .. plan.ExpiresInSeconds is < ShortestTokenLife or > LongestTokenLife
            ? [MerchantRefusals.TokenLifeOutOfRange]
            : Array.Empty<Refusal>(),
    ];

    /// <summary>
    /// The scopes of a token: those that are asked for, else all of the key's that an app may have. A token has no
    /// rights that the key with which it is made has not.
    /// </summary>
    public static (Sequence<string> Scopes, Sequence<Refusal> Refusals) ScopesOf(
        AppTokenPlan plan, Sequence<string> ofKey)
    {
        if (plan.Scopes is not { } wanted)
        {
            Sequence<string> all = [.. AppScopes.Where(ofKey.Contains)];
            return (all, all.Count > 0 ? [] : [MerchantRefusals.ScopeNotOfKey("/scopes")]);
        }

        return (
            wanted.Distinct().ToSequence(),
            wanted.Index()
                .Where(scope => !ofKey.Contains(scope.Item))
                .Select(scope => MerchantRefusals.ScopeNotOfKey($"/scopes/{scope.Index}"))
                .ToSequence());
    }

    private static IEnumerable<Refusal> BrokenScopes(Sequence<string>? scopes, Sequence<string> known)
    {
        if (scopes is []) yield return MerchantRefusals.ScopeUnknown("/scopes", known);
        foreach (var (place, scope) in (scopes ?? []).Index())
        {
            if (!known.Contains(scope)) yield return MerchantRefusals.ScopeUnknown($"/scopes/{place}", known);
        }
    }

    public static Sequence<Refusal> BrokenOverlap(int hours) =>
        hours is < 0 or > LongestOverlap ? [MerchantRefusals.OverlapOutOfRange] : [];
}
