using JikoXpress.Postgres.Catalogue;

namespace JikoXpress.Silo.Grains;

/// <summary>
/// Forgets what the caller has changed in the catalogue, before the grain looks at it: the database may not have told
/// this silo yet.
/// </summary>
internal sealed class HearsOfChanges(CatalogueChanges changes) : IIncomingGrainCallFilter
{
    private const string Key = "jiko.catalogue";

    /// <summary>Sends what this process has changed along with the calls that come.</summary>
    public static void Send(CatalogueChanges changes)
    {
        if (changes.ToTell() is { } told) RequestContext.Set(Key, told);
    }

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (RequestContext.Get(Key) is string told) changes.Hear(told);
        return context.Invoke();
    }
}
