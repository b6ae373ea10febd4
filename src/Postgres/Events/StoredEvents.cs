using System.Text.Json;
using JikoXpress.Domain;

namespace JikoXpress.Postgres.Events;

/// <summary>Events as they are stored, by this build or by another one.</summary>
internal static class StoredEvents
{
    /// <summary>Null for an event that this build does not know, after a newer one has run here.</summary>
    public static KitchenEvent? Read(string payload)
    {
        try
        {
            return StateJson.Read<KitchenEvent>(payload);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
