namespace JikoXpress.Grains.Ports;

/// <summary>New ids and codes. A port, so that a run can be repeated exactly.</summary>
public interface IIds
{
    /// <summary>A new UUID, version 7 (RFC 9562): ordered by time, so that the newest rows lie together.</summary>
    Guid Next();

    /// <summary>64 bits that nobody can guess.</summary>
    ulong Bits();
}
