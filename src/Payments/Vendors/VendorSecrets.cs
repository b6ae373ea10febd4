using System.Security.Cryptography;
using System.Text;

namespace JikoXpress.Payments.Vendors;

internal static class VendorSecrets
{
    /// <summary>Compares secrets in a time that does not depend on where they differ.</summary>
    public static bool AreEqual(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
