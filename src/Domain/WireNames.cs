using System.Text.Json;

namespace JikoXpress.Domain;

// The words of the customer's API reference. In the API and in the database they are UPPER_SNAKE.

public enum SessionType { Immediate = 1, Slip, Tab }

/// <summary>Hosted is not of that reference: a merchant's web shop, whose customer pays on the hosted page.</summary>
public enum Channel { Pos = 1, Kiosk, TableQr, App, Whatsapp, Hosted }

public enum FulfillmentType { DineIn = 1, Pickup, Delivery, DriveThrough }

public enum PaymentMethod { Cash = 1, MobileMoney, Card, PlatformWallet, KitchenWallet, KitchenChannel }

public enum SessionStatus { PendingPayment = 1, Confirmed, Expired, Cancelled, Failed }

public enum StaffRole { Cashier = 1, Manager, Kitchen }

public static class WireNames
{
    extension<TEnum>(TEnum word) where TEnum : struct, Enum
    {
        /// <summary>The member's word in the API reference.</summary>
        public string WireName => Spelling<TEnum>.Words[word];
    }

    /// <summary>The member with exactly this word; null when there is none.</summary>
    public static TEnum? Parse<TEnum>(string word) where TEnum : struct, Enum =>
        Spelling<TEnum>.Members.TryGetValue(word, out var member) ? member : null;

    /// <summary>All words of an enum, in the API reference's order.</summary>
    public static IEnumerable<string> All<TEnum>() where TEnum : struct, Enum => Spelling<TEnum>.Words.Values;

    private static class Spelling<TEnum> where TEnum : struct, Enum
    {
        public static readonly Dictionary<TEnum, string> Words = Enum.GetValues<TEnum>().ToDictionary(
            member => member, member => JsonNamingPolicy.SnakeCaseUpper.ConvertName(member.ToString()));

        public static readonly Dictionary<string, TEnum> Members =
            Words.ToDictionary(pair => pair.Value, pair => pair.Key);
    }
}
