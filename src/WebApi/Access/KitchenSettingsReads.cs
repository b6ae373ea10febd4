using System.Text.Json;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.Grains.Ports;

namespace JikoXpress.WebApi.Access;

/// <summary>The currency and the country of a request: those of the kitchen that it is about.</summary>
internal static class KitchenSettingsReads
{
    extension(HttpContext http)
    {
        /// <summary>The settings of a kitchen, from the cache; the usual ones where there is no such kitchen.</summary>
        public async ValueTask<KitchenSettings> SettingsOf(Guid kitchenId) =>
            http.RequestServices.GetService<ICatalogue>() is { } catalogue
            && await catalogue.Kitchen(kitchenId) is { Kitchen.Settings: var settings }
                ? settings
                : KitchenSettings.Default;

        /// <summary>The currency of the caller's own kitchen.</summary>
        public async ValueTask<Currency> Currency() =>
            (await http.SettingsOf(http.Principal.KitchenId ?? Guid.Empty)).Currency;

        /// <summary>
        /// The country of phones that are written without one. It is that of the caller's kitchen, or of the one that
        /// path or body name, or of a bot's first one; of an app user who names none, that of their own phone.
        /// </summary>
        public async ValueTask<Country> Country(JsonElement body)
        {
            var caller = http.Features.Get<Principal>();
            if ((caller?.KitchenId ?? http.KitchenOfPath ?? KitchenOf(body) ?? FirstOf(caller?.Kitchens))
                is { } kitchen)
                return (await http.SettingsOf(kitchen)).Country;
            return PhoneNumber.CountryOf(caller?.Phone ?? "") ?? Domain.Country.Tz;
        }

        private Guid? KitchenOfPath => Guid.TryParse(http.GetRouteValue("kitchenId") as string, out var id) ? id : null;
    }

    private static Guid? KitchenOf(JsonElement body) =>
        body.ValueKind is JsonValueKind.Object
        && body.TryGetProperty("kitchenId", out var named)
        && named.ValueKind is JsonValueKind.String
        && named.TryGetGuid(out var id)
            ? id
            : null;

    private static Guid? FirstOf(Sequence<Guid>? kitchens) => kitchens is { Count: > 0 } several ? several[0] : null;
}
