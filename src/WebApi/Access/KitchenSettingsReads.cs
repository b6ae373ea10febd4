using System.Text.Json;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.Grains.Ports;
using JikoXpress.WebApi.Binding;

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
        /// Where phones are: in the country of the caller's kitchen, or of the one that path or body name. Without a
        /// kitchen they may be anywhere, and those without a country's code are of that of a bot's first kitchen or of
        /// an app user's own phone.
        /// </summary>
        public async ValueTask<PhonePlace> Phones(JsonElement body)
        {
            var caller = http.Features.Get<Principal>();
            if ((caller?.KitchenId ?? http.KitchenOfPath ?? KitchenOf(body)) is { } kitchen)
                return new PhonePlace((await http.SettingsOf(kitchen)).Country);
            var usual = caller?.Kitchens is { Count: > 0 } several
                ? (await http.SettingsOf(several[0])).Country
                : PhoneNumber.CountryOf(caller?.Phone ?? "") ?? Country.Tz;
            return new PhonePlace(usual, OnlyThere: false);
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
}
