using static JikoXpress.Domain.Kitchens.KitchenRefusals;

namespace JikoXpress.Domain.Kitchens;

/// <summary>The rules for the kitchens of a bot key.</summary>
public static class BotRules
{
    public const int MostKitchens = 100;

    public static Sequence<Refusal> Broken(BotKeyPlan plan) =>
    [
        .. FieldRules.Name(plan.Name),
        .. plan.KitchenIds switch
        {
            [] => [KitchenRequired],
            { Count: > MostKitchens } => [TooManyKitchens(MostKitchens)],
            _ => Array.Empty<Refusal>(),
        },
    ];

    /// <summary>Refuses kitchens that do not exist, and a mix of live and test kitchens.</summary>
    /// <param name="liveModes">The modes of those kitchens that exist.</param>
    public static Sequence<Refusal> Broken(Sequence<Guid> kitchenIds, IReadOnlyDictionary<Guid, bool> liveModes)
    {
        var missing = Enumerable.Range(0, kitchenIds.Count)
            .Where(place => !liveModes.ContainsKey(kitchenIds[place]))
            .Select(KitchenNotFound)
            .ToSequence();
        return missing.Count == 0 && liveModes.Values.Distinct().Count() > 1 ? [KitchensOfBothModes] : missing;
    }
}
