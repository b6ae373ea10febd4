using static JikoXpress.Domain.RefusalStage;

namespace JikoXpress.Domain.Kitchens;

/// <summary>The refusals of merchants and their keys.</summary>
public static class MerchantRefusals
{
    public static Refusal StoresRequired { get; } = new(
        Rules, "store-required", "Name at least one store.", "/storeIds");

    public static Refusal TooManyStores { get; } = new(
        Rules, "too-many-items", $"A merchant can have at most {MerchantRules.MostStores} stores.", "/storeIds");

    public static Refusal StoresOfBothModes { get; } = new(
        Rules, "livemode-mismatch",
        "A merchant's stores must be all live or all test; whoever has both is two merchants.", "/storeIds");

    public static Refusal ScopeUnknown(string pointer, Sequence<string> known) => new(
        Rules, "word-not-known", $"One of {string.Join(", ", known)}.", pointer);

    public static Refusal OverlapOutOfRange { get; } = new(
        Rules, "expiry-out-of-range", $"0 to {MerchantRules.LongestOverlap} hours.", "/overlapHours");

    public static Refusal ScopeNotOfKey(string pointer) => new(
        Rules, "scope-not-allowed", "The key with which the token is made has not got this scope.", pointer);

    public static Refusal TokenLifeOutOfRange { get; } = new(
        Rules, "expiry-out-of-range",
        $"{MerchantRules.ShortestTokenLife} to {MerchantRules.LongestTokenLife} seconds.", "/expiresIn");

    public static Refusal StoreNotFound(int place) => new(
        NotThere, "not-found", "There is no such kitchen.", $"/storeIds/{place}");

    public static Refusal StoreTaken { get; } = new(
        State, "store-taken", "One of the stores belongs to another merchant.", "/storeIds");

    public static Refusal KeyNotActive { get; } = new(
        State, "key-not-active", "The key was revoked, or replaced by another one.");
}
