using JikoXpress.Domain.Sessions.HostedPage;

namespace JikoXpress.Grains.Ports;

/// <summary>What a session has to know of the register that it is opened at.</summary>
public interface IRegisterReads
{
    /// <summary>Null if the store has no such register.</summary>
    Task<KnownRegister?> Find(Guid storeId, int number);
}
