using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;

namespace JikoXpress.WebApi.Demo;

/// <summary>The initial data of a demo kitchen.</summary>
internal sealed record DemoKitchen(
    string Name,
    Sequence<DemoDish> Menu,
    Sequence<NewStaffMember> Staff,
    Sequence<NewDevice> Devices,
    Sequence<NewPaymentMethod> PaymentMethods,
    Sequence<DemoGuest> Guests,
    Sequence<string> Tables);

/// <param name="Items">The stock at the start; null if the item is not counted.</param>
internal sealed record DemoDish(string Name, string Category, long Price, int? Items);

/// <param name="Balance">In whole shillings, paid in cash.</param>
internal sealed record DemoGuest(string Name, string Phone, long Balance);

/// <summary>
/// The data of the demo. Prices are realistic for a street in Dar es Salaam, and totals of 5000 and 8000 are easy to
/// reach.
/// </summary>
internal static class DemoKitchens
{
    public static DemoGuest AppUser { get; } = new("Asha Mushi", "+255754000111", 100_000);

    public static Sequence<DemoKitchen> All { get; } =
    [
        new DemoKitchen(
            "Mama Ntilie Kitchen",
            [
                new("Wali maharage",     "Chakula",  2_500, 500),
                new("Ugali samaki",      "Chakula",  5_000, 500),
                new("Pilau",             "Chakula",  5_000, 500),
                new("Biryani ya kuku",   "Chakula",  7_000, 300),
                new("Chipsi mayai",      "Chakula",  3_000, 500),
                new("Nyama choma",       "Nyama",    8_000, 300),
                new("Mishkaki",          "Nyama",    1_500, 800),
                new("Samaki wa kupaka",  "Nyama",   12_000, 0),
                new("Kuku wa kienyeji",  "Nyama",   10_000, 3),
                new("Chapati",           "Vitafunio", 1_000, 1_000),
                new("Mandazi",           "Vitafunio",   500, 1_000),
                new("Soda",              "Vinywaji",  1_000, 1_000),
                new("Maji",              "Vinywaji",  1_000, 1_000),
                new("Juisi ya embe",     "Vinywaji",  2_000, 500),
                new("Chai ya maziwa",    "Vinywaji",  1_000, null),
            ],
            [
                new("Neema Massawe",  StaffRole.Cashier, "1234"),
                new("Baraka Mwakyusa", StaffRole.Manager, "2468"),
                new("Rehema Juma",    StaffRole.Kitchen, "1357"),
                new("Juma Hamisi",    StaffRole.Cashier, "4321"),
            ],
            [new(DeviceKind.Pos, "Counter"), new(DeviceKind.Kiosk, "Kiosk by the door")],
            [new("Lipa Voda", "VODACOM"), new("HaloPesa", "HALOTEL")],
            [new("Mama Fatuma", "+255712345678", 20_000)],
            ["05", "06", "Terrace 1"]),
        new DemoKitchen(
            "Baba Lishe Grill",
            [
                new("Kuku choma",   "Nyama",    8_000, 200),
                new("Ndizi nyama",  "Chakula",  5_000, 200),
                new("Chipsi kavu",  "Chakula",  2_000, 500),
                new("Soda",         "Vinywaji", 1_000, 500),
            ],
            [
                new("Zawadi Komba", StaffRole.Cashier, "5678"),
                new("Hassan Bakari", StaffRole.Manager, "8642"),
            ],
            [new(DeviceKind.Pos, "Grill")],
            [new("Lipa Airtel", "AIRTEL")],
            [new("Bwana Salum", "+255713000222", 5_000)],
            ["1", "2"]),
    ];
}
