using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Catalogue;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace JikoXpress.Silo.Hosting;

/// <summary>
/// A dish that was added can be sold with the next request, on every silo. For some seconds after a change, this
/// process sends the changed keys along with its grain calls. A silo that has no notification from the database yet
/// drops those keys from its cache before it reads.
/// </summary>
internal static class CatalogueNews
{
    private const string Key = "jiko.catalogue";

    /// <summary>Adds the recent catalogue changes to the grain calls that follow in this request.</summary>
    public static void Send(CatalogueChanges changes)
    {
        if (changes.ToTell() is { } told) RequestContext.Set(Key, told);
    }

    /// <summary>Sender in a silo with the API: middleware before the endpoints.</summary>
    public static void SendCatalogueNews(this WebApplication web)
    {
        var changes = web.Services.GetRequiredService<CatalogueChanges>();
        web.Use(next => http =>
        {
            Send(changes);
            return next(http);
        });
    }

    /// <summary>Sender in a front end.</summary>
    public sealed class Sender(CatalogueChanges changes) : IOutgoingGrainCallFilter
    {
        public Task Invoke(IOutgoingGrainCallContext context)
        {
            Send(changes);
            return context.Invoke();
        }
    }

    /// <summary>Receiver: wraps the catalogue that the grains read.</summary>
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
