using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace JikoXpress.Bench.Servers;

/// <summary>The kitchens of every run: their ids, dishes and tokens follow from their numbers.</summary>
internal static class Kitchens
{
    public const int Count = 200;
    public const int Dishes = 10;

    /// <summary>Of every dish, in whole shillings.</summary>
    public const int Price = 3_500;

    /// <summary>Of every dish: nobody sells out while time is measured.</summary>
    public const int Items = 100_000_000;

    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static IReadOnlyList<Guid> All { get; } = [.. Enumerable.Range(0, Count).Select(Id)];

    public static Guid Id(int kitchen) => Make(kitchen, 0);

    public static Guid Dish(int kitchen, int dish) => Make(kitchen, dish + 1);

    /// <summary>The token of a cashier, as the product makes them: prefix, secret, checksum.</summary>
    public static string Token(int kitchen) => Token("jx_staff_", kitchen);

    /// <summary>The token of the first kitchen's till, at which staff sign in.</summary>
    public static string TillToken { get; } = Token("jx_pos_", 0);

    private static string Token(string prefix, int kitchen)
    {
        var secret = $"{prefix}{kitchen.ToString(CultureInfo.InvariantCulture).PadLeft(43, 'x')}";
        var rest = BinaryPrimitives.ReadUInt32BigEndian(Hash(secret));
        var checksum = new char[6];
        for (var place = checksum.Length - 1; place >= 0; place--, rest /= 62)
            checksum[place] = Base62[(int)(rest % 62)];
        return secret + new string(checksum);
    }

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static Guid Make(int kitchen, int last) => Guid.Parse($"{kitchen + 1:x8}-0000-7000-8000-{last:x12}");
}
