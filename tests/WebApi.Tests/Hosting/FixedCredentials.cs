using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Callers;

namespace JikoXpress.WebApi.Tests.Hosting;

/// <summary>Tokens that are the names of their holders.</summary>
internal sealed class FixedCredentials : ICredentials
{
    public const string Cashier = "cashier", Manager = "manager", Cook = "cook", Careful = "careful";
    public const string Kiosk = "kiosk", OtherKiosk = "other-kiosk", Guest = "guest", Seated = "seated", App = "app", Bot = "bot";
    public const string Stranger = "stranger", Late = "late", Shop = "shop";

    private static readonly Guid Other = House.Named(9);

    private static readonly Dictionary<string, Principal> Holders = new()
    {
        [Cashier] = Staff(20, House.KitchenId, StaffRole.Cashier),
        [Manager] = Staff(21, House.KitchenId, StaffRole.Manager),
        [Cook] = Staff(22, House.KitchenId, StaffRole.Kitchen),
        [Careful] = Staff(23, House.KitchenId, StaffRole.Cashier) with { KeyRequired = true },
        [Stranger] = Staff(24, Other, StaffRole.Manager),
        [Kiosk] = Device(CallerKind.Kiosk, 30),
        [OtherKiosk] = Device(CallerKind.Kiosk, 31),
        [Guest] = Device(CallerKind.TableGuest, 32),
        [Seated] = Device(CallerKind.TableGuest, 35) with { TableNumber = "05" },
        [App] = Device(CallerKind.AppUser, 33) with { KitchenId = null, DeviceId = null },
        [Bot] = Device(CallerKind.Bot, 34) with { DeviceId = null },
        [Shop] = Device(CallerKind.Merchant, 36) with
        {
            KitchenId = null,
            DeviceId = null,
            Kitchens = [House.KitchenId],
            Scopes = [MerchantRules.ReadWebhooks],
            KeyId = House.Named(37),
        },
    };

    public ValueTask<CredentialAnswer> Find(BearerToken token) => ValueTask.FromResult<CredentialAnswer>(
        token.Text == Late ? new CredentialAnswer.Expired()
        : Holders.TryGetValue(token.Text, out var holder) ? new CredentialAnswer.Found(holder)
        : new CredentialAnswer.Unknown());

    private static Principal Staff(int name, Guid kitchen, StaffRole role) => new(
        CallerKind.Staff, House.Named(name), "Asha", kitchen, House.Named(40), role,
        LiveMode: false, KeyRequired: false);

    private static Principal Device(CallerKind kind, int name) => new(
        kind, House.Named(name), "Kiosk", House.KitchenId, House.Named(name), null,
        LiveMode: false, KeyRequired: false);
}
