using System.Collections.Concurrent;
using System.Reflection;
using JikoXpress.Grains;
using Orleans.Concurrency;
using Orleans.Metadata;
using Orleans.Placement;

namespace JikoXpress.Testing.Silo;

/// <summary>A class of grains with what its attributes say: the product's own, read once.</summary>
public sealed class GrainClass
{
    private static readonly TimeSpan UsualAge = TimeSpan.FromMinutes(15);

    private static readonly List<GrainClass> All =
    [
        .. typeof(SessionServices).Assembly.GetTypes()
            .Where(type => type.IsClass && typeof(IGrainBase).IsAssignableFrom(type))
            .Select(type => new GrainClass(type)),
    ];

    private static readonly ConcurrentDictionary<Type, GrainClass> ByInterface = [];

    private readonly Type implementation;
    private readonly ConstructorInvoker make;
    private readonly Type[] needs;

    private GrainClass(Type type)
    {
        implementation = type;
        var constructor = type.GetConstructors().Single();
        make = ConstructorInvoker.Create(constructor);
        needs = [.. constructor.GetParameters().Select(parameter => parameter.ParameterType)];
        var properties = new Dictionary<string, string>();
        foreach (var attribute in type.GetCustomAttributes().OfType<IGrainPropertiesProviderAttribute>())
            attribute.Populate(NoServices.Instance, type, default, properties);
        Type = type.GetCustomAttribute<GrainTypeAttribute>()?.GetGrainType(NoServices.Instance, type)
            ?? throw new InvalidOperationException($"{type} has no name.");
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute));
        PrefersLocal = type.IsDefined(typeof(PreferLocalPlacementAttribute));
        AgeLimit = properties.TryGetValue(WellKnownGrainTypeProperties.IdleDeactivationPeriod, out var age)
            ? TimeSpan.Parse(age)
            : UsualAge;
    }

    public GrainType Type { get; }

    public string Name => Type.ToString() ?? "";

    internal bool IsReentrant { get; }

    internal bool PrefersLocal { get; }

    /// <summary>How long an activation stays that nobody calls.</summary>
    internal TimeSpan AgeLimit { get; }

    internal static GrainClass Behind(Type grainInterface) => ByInterface.GetOrAdd(
        grainInterface, static asked => All.Single(known => asked.IsAssignableFrom(known.implementation)));

    internal static GrainClass Named(GrainType type) => All.Single(known => known.Type == type);

    /// <summary>A grain as Orleans makes it: with its context, the registries, and the silo's services.</summary>
    internal object New(Activation context)
    {
        var given = new object?[needs.Length];
        for (var place = 0; place < needs.Length; place++)
        {
            given[place] = needs[place] == typeof(IGrainContext) ? context
                : needs[place].IsInstanceOfType(context.Silo) ? context.Silo
                : context.Silo.Services.GetService(needs[place])
                    ?? throw new InvalidOperationException($"{implementation} needs {needs[place]}.");
        }

        return make.Invoke(given.AsSpan());
    }

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
