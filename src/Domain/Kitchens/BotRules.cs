using static JikoXpress.Domain.Kitchens.KitchenRefusals;

namespace JikoXpress.Domain.Kitchens;

/// <summary>Whose orders a bot may take.</summary>
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

    /// <summary>What speaks against the kitchens named, as they are known.</summary>
    /// <param name="liveModes">Of those among them that there are.</param>
    public static Sequence<Refusal> Broken(Sequence<Guid> kitchenIds, IReadOnlyDictionary<Guid, bool> liveModes)
    {
        var missing = Enumerable.Range(0, kitchenIds.Count)
            .Where(place => !liveModes.ContainsKey(kitchenIds[place]))
            .Select(KitchenNotFound)
            .ToSequence();
        return missing.Count == 0 && liveModes.Values.Distinct().Count() > 1 ? [KitchensOfBothModes] : missing;
    }
}
