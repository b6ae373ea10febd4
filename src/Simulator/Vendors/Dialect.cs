using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace JikoXpress.Simulator.Vendors;

/// <summary>How one aggregator writes its webhooks, with the faults that it is known for.</summary>
public abstract class Dialect
{
    /// <summary>The simulator's own, according to Standard Webhooks.</summary>
    public static Dialect Simulator { get; } = new OwnDialect();

    public static Dialect ClickPesa { get; } = new ClickPesaDialect();

    public static Dialect AzamPay { get; } = new AzamPayDialect();

    public static Dialect Snippe { get; } = new SnippeDialect();

    public static Dialect PawaPay { get; } = new PawaPayDialect();

    /// <summary>A card gateway, in the simulator's own form.</summary>
    public static Dialect Cards { get; } = new CardsDialect();

    public static IReadOnlyList<Dialect> All { get; } = [Simulator, ClickPesa, AzamPay, Snippe, PawaPay];

    protected static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The name in the product's path of its webhooks.</summary>
    public abstract string Name { get; }

    /// <summary>The secret last part of that path.</summary>
    public virtual string TokenOf(SimulatorSettings settings) => settings.Derive($"{Name} webhook path");

    public abstract Message Write(VendorKeys keys, News news);

    private sealed class CardsDialect : OwnDialect
    {
        public override string Name => "cards";

        public override string TokenOf(SimulatorSettings settings) => settings.Derive($"{Name} webhook path");
    }

    private class OwnDialect : Dialect
    {
        public override string Name => "simulator";

        public override string TokenOf(SimulatorSettings settings) => settings.Token;

        /// <summary>A secret is <c>whsec_</c> and the key in base64; any other text is the key in UTF-8.</summary>
        private static byte[] KeyOf(string secret) => secret.StartsWith("whsec_", StringComparison.Ordinal)
            ? Convert.FromBase64String(secret["whsec_".Length..])
            : Encoding.UTF8.GetBytes(secret);

        public override Message Write(VendorKeys keys, News news)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(news.Word, Json);
            var timestamp = news.Seconds;
            byte[] signed = [.. Encoding.UTF8.GetBytes($"{news.Id}.{timestamp}."), .. body];
            var secret = KeyOf(news.Flaw is Flaw.BadSignature ? "another secret" : keys.Settings.Secret);
            var signature = "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, signed));
            return new Message(
                body,
                [
                    ("webhook-id", news.Id),
                    ("webhook-timestamp", timestamp),
                    .. news.Flaw is Flaw.NoSignature
                        ? Array.Empty<(string, string)>()
                        : [("webhook-signature", signature)],
                ]);
        }
    }
}

/// <summary>What there is to tell.</summary>
/// <param name="At">When it is signed.</param>
/// <param name="Address">Where it goes.</param>
public sealed record News(string Id, DateTimeOffset At, Uri Address, CollectionWord Word, Flaw Flaw)
{
    public string Seconds => At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>The phone without its plus.</summary>
    public string Phone => (Word.Phone ?? "").TrimStart('+');
}

/// <summary>A webhook as it is sent.</summary>
public sealed record Message(byte[] Body, IReadOnlyList<(string Name, string Value)> Headers);
