using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Catalogue;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace JikoXpress.Silo.Hosting;

/// <summary>
/// Whoever adds a dish can sell it with the next request, wherever in the cluster that is decided: for some seconds
/// what a process has changed in the catalogue goes along with its calls. Silos that the database has not told yet
/// forget it before they look.
/// </summary>
internal static class CatalogueNews
{
    private const string Key = "jiko.catalogue";

    /// <summary>Sends what has changed along with the calls that follow.</summary>
    public static void Send(CatalogueChanges changes)
    {
        if (changes.ToTell() is { } told) RequestContext.Set(Key, told);
    }

    /// <summary>The sending side of a silo with the API: a step before the endpoints.</summary>
    public static void SendCatalogueNews(this WebApplication web)
    {
        var changes = web.Services.GetRequiredService<CatalogueChanges>();
        web.Use(next => http =>
        {
            Send(changes);
            return next(http);
        });
    }

    /// <summary>The sending side of a front end.</summary>
    public sealed class Sender(CatalogueChanges changes) : IOutgoingGrainCallFilter
    {
        public Task Invoke(IOutgoingGrainCallContext context)
        {
            Send(changes);
            return context.Invoke();
        }
    }

    /// <summary>The hearing side: the catalogue as grains see it.</summary>
    public sealed class Hearer(ICatalogue catalogue, CatalogueChanges changes) : ICatalogue
    {
        public ValueTask<KitchenCatalogue?> Kitchen(Guid kitchenId)
        {
            if (RequestContext.Get(Key) is string told) changes.Hear(told);
            return catalogue.Kitchen(kitchenId);
        }

        public ValueTask<Guid?> KitchenOf(Guid menuId) => catalogue.KitchenOf(menuId);
    }
}
