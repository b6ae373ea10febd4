using System.Buffers.Binary;
using JikoXpress.Grains.Ports;
using JikoXpress.Simulation.Schedule;

namespace JikoXpress.Simulation.World;

/// <summary>Ids as a host makes them, ordered by time (UUID version 7), from the run's dice.</summary>
internal sealed class SeededIds(Dice dice, TimeProvider clock) : IIds
{
    public Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)clock.GetUtcNow().ToUnixTimeMilliseconds() << 16);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | (dice.Bits() & 0xFFF)));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (dice.Bits() >> 2) | 0x8000000000000000UL);
        return new Guid(bytes, bigEndian: true);
    }

    public ulong Bits() => dice.Bits();
}
