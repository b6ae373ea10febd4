using System.Data.Common;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Silo.Grains;

/// <summary>
/// A fault of the database loses on its way between silos what kind it was: where the database is away only for now,
/// callers hear it in words of the store.
/// </summary>
internal sealed class DatabaseFaults : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (DbException fault) when (fault.IsTransient)
        {
            throw new StoreBusyException("The database cannot be reached.", fault);
        }
    }
}
