using System.Globalization;
using System.Security.Cryptography;

namespace JikoXpress.Simulator.Vendors;

/// <summary>What the aggregators sign with: secrets that the product knows, and keys whose public half it fetches.
/// </summary>
public sealed class VendorKeys(SimulatorSettings settings)
{
    // To find a key of RSA takes longer than all else that the simulator does.
    private static readonly Lazy<(RSAParameters Genuine, RSAParameters Another)> Found =
        new(() => (RSA.Create(2048).ExportParameters(true), RSA.Create(2048).ExportParameters(true)));

    private (string Id, ECDsa Key)? current;

    public SimulatorSettings Settings => settings;

    internal RSA AzamPay => field ??= RSA.Create(Found.Value.Genuine);

    internal RSA NotAzamPay => field ??= RSA.Create(Found.Value.Another);

    internal (string Id, ECDsa Key) PawaPay => current ??= New(1);

    internal ECDsa NotPawaPay => field ??= ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>From now on pawaPay signs with another key.</summary>
    public void Rotate() =>
        current = New(int.Parse(PawaPay.Id.Split(':')[1], CultureInfo.InvariantCulture) + 1);

    private static (string Id, ECDsa Key) New(int number) =>
        ($"HTTP_EC_P256_KEY:{number}", ECDsa.Create(ECCurve.NamedCurves.nistP256));
}
