namespace JikoXpress.Simulation.World;

/// <summary>What a host's silo makes its grains with.</summary>
internal sealed class SiloServices : IServiceProvider
{
    private readonly Dictionary<Type, object> known = [];

    public void Add(object service) => known.Add(service.GetType(), service);

    public object? GetService(Type serviceType) => known.GetValueOrDefault(serviceType);
}
