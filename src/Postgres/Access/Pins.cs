using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Postgres.Access;

/// <summary>
/// Hashes PINs: PBKDF2 with a salt for each (RFC 8018). A PIN is so short that against a stolen database only the
/// pepper protects it, which is not in the database. Against guesses at a till, the number of tries is limited.
/// A hash takes a processor for about a tenth of a second, so few are made at a time, and few wait for it: sales go on
/// while many sign in.
/// </summary>
/// <param name="pepper">A secret of the installation; empty where none is configured.</param>
internal sealed class Pins(string pepper)
{
    private const string Scheme = "pbkdf2-sha512";
    private const int SaltLength = 16;
    private const int HashLength = 32;

    /// <summary>OWASP's recommended iterations for PBKDF2 with HMAC-SHA512.</summary>
    private const int Rounds = 210_000;

    /// <summary>How many may wait for their turn. Each waits some seconds at the most.</summary>
    private const int MostWaiting = 32;

    /// <summary>A quarter of the processors, so that the others are left to sales.</summary>
    private static readonly int AtOnce = Math.Max(1, Environment.ProcessorCount / 4);

    private readonly SemaphoreSlim turns = new(AtOnce);
    private int present;

    private readonly byte[] key = Encoding.UTF8.GetBytes(pepper);

    /// <summary>Used for an unknown staff number, so that its refusal takes as long as that of a wrong PIN.</summary>
    private string? nobody;

    /// <summary>Waits for the turn to hash; null if too many wait already.</summary>
    public async Task<IDisposable?> Turn()
    {
        if (Interlocked.Increment(ref present) > AtOnce + MostWaiting)
        {
            Interlocked.Decrement(ref present);
            return null;
        }

        await turns.WaitAsync();
        return new TurnTaken(this);
    }

    /// <summary>Hashes a new PIN, in its turn.</summary>
    /// <exception cref="StoreBusyException">Too many wait already.</exception>
    public async Task<string> HashInTurn(string pin)
    {
        using var turn = await Turn() ?? throw new StoreBusyException("Too many PINs wait to be hashed.", null);
        return Hash(pin);
    }

    public string Hash(string pin)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return $"{Scheme}${Rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(pin, salt, Rounds))}";
    }

    /// <param name="hash">The stored hash; null if the staff number is unknown, and then no PIN is right.</param>
    public bool IsRight(string pin, string? hash)
    {
        var parts = (hash ?? (nobody ??= Hash("0000"))).Split('$');
        var kept = Convert.FromBase64String(parts[3]);
        var rounds = int.Parse(parts[1], CultureInfo.InvariantCulture);
        return CryptographicOperations.FixedTimeEquals(Derive(pin, Convert.FromBase64String(parts[2]), rounds), kept)
            && hash is not null;
    }

    private sealed class TurnTaken(Pins pins) : IDisposable
    {
        private int ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref ended, 1) is 1) return;
            Interlocked.Decrement(ref pins.present);
            pins.turns.Release();
        }
    }

    private byte[] Derive(string pin, byte[] salt, int rounds)
    {
        var peppered = HMACSHA512.HashData(key, Encoding.UTF8.GetBytes(pin));
        return Rfc2898DeriveBytes.Pbkdf2(peppered, salt, rounds, HashAlgorithmName.SHA512, HashLength);
    }
}
