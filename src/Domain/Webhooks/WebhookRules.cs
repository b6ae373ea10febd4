using static JikoXpress.Domain.FieldRules;

namespace JikoXpress.Domain.Webhooks;

/// <summary>A subscription to make: where a merchant's events are sent, and which of them.</summary>
/// <param name="EventTypes">Null, or with <see cref="WebhookRules.AllTypes"/> among them, for all.</param>
/// <param name="StoreIds">Null, or none, for all of the merchant's stores.</param>
public sealed record WebhookPlan(
    string Url, Sequence<string>? EventTypes = null, Sequence<Guid>? StoreIds = null, string? Description = null,
    bool Enabled = true);

/// <summary>A change of a subscription; what is null stays as it is.</summary>
public sealed record WebhookChange(
    string? Url = null, Sequence<string>? EventTypes = null, Sequence<Guid>? StoreIds = null,
    string? Description = null, bool? Enabled = null);

/// <summary>The rules of merchants' subscriptions.</summary>
public static class WebhookRules
{
    public const int MostSubscriptions = 16;
    public const int MostTypes = 100;
    public const int LongestDescription = 200;

    /// <summary>Active ones of a subscription: each signs every delivery.</summary>
    public const int MostSecrets = 4;

    /// <summary>How long a secret that was replaced signs beside the new one, in hours.</summary>
    public const int UsualOverlap = 24;
    public const int LongestOverlap = 168;

    /// <summary>How many events one request replays.</summary>
    public const int MostReplayed = 5_000;

    public const string AllTypes = "*";

    /// <param name="stores">The merchant's.</param>
    public static Sequence<Refusal> Broken(WebhookPlan plan, bool isLive, Sequence<Guid> stores) => Broken(
        new WebhookChange(plan.Url, plan.EventTypes, plan.StoreIds, plan.Description, plan.Enabled), isLive, stores);

    /// <inheritdoc cref="Broken(WebhookPlan, bool, Sequence{Guid})"/>
    public static Sequence<Refusal> Broken(WebhookChange change, bool isLive, Sequence<Guid> stores) =>
    [
        .. change.Url is null || OutboundAddress.IsAllowed(change.Url, isLive)
            ? []
            : new[] { WebhookRefusals.UrlInvalid("/url") },
        .. Types(change.EventTypes),
        .. (change.StoreIds ?? []).Index()
            .Where(store => !stores.Contains(store.Item))
            .Select(store => WebhookRefusals.StoreNotFound(store.Index)),
        .. Note(change.Description, "/description", LongestDescription),
    ];

    public static Sequence<Refusal> BrokenOverlap(int hours) =>
        hours is < 0 or > LongestOverlap ? [WebhookRefusals.OverlapOutOfRange] : [];

    /// <summary>The types as they are kept: null for all.</summary>
    public static Sequence<string>? Kept(Sequence<string>? types) =>
        types is null || types.Contains(AllTypes) ? null : types.Distinct().ToSequence();

    /// <inheritdoc cref="Kept(Sequence{string})"/>
    public static Sequence<Guid>? Kept(Sequence<Guid>? stores) =>
        stores is null or [] ? null : stores.Distinct().ToSequence();

    private static IEnumerable<Refusal> Types(Sequence<string>? types)
    {
        if (types is null) yield break;
        if (types is [] or { Count: > MostTypes }) yield return WebhookRefusals.TypesOutOfRange;
        foreach (var (place, type) in types.Take(MostTypes).Index())
        {
            if (type != AllTypes && !MerchantEvent.Types.Contains(type))
                yield return WebhookRefusals.TypeUnknown(place);
        }
    }
}
