using System.Reflection;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains;
using JikoXpress.Grains.Abstractions;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace JikoXpress.Architecture.Tests;

/// <summary>The rules are pure, and the grains look alike.</summary>
public sealed class GrainTests
{
    private static readonly Assembly Domain = typeof(Session).Assembly;
    private static readonly Assembly Grains = typeof(SessionServices).Assembly;

    private static readonly Type[] GrainInterfaces = [.. typeof(ICheckoutSessionGrain).Assembly.GetExportedTypes()
        .Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type))];

    public static TheoryData<Type> Interfaces => [.. GrainInterfaces];

    [Fact]
    public void There_are_four_grains() => Assert.Equal(
        [nameof(IBillGrain), nameof(ICartGrain), nameof(ICheckoutSessionGrain), nameof(IKitchenInventoryGrain)],
        GrainInterfaces.Select(type => type.Name).Order());

    [Fact]
    public void The_rules_know_nothing_but_the_base_library() => Assert.All(
        Domain.GetReferencedAssemblies(),
        assembly => Assert.True(
            assembly.Name!.StartsWith("System", StringComparison.Ordinal), assembly.Name));

    [Fact]
    public void No_rule_waits_for_anything() => Assert.DoesNotContain(
        Domain.GetTypes().SelectMany(type => type.GetMethods(Everything)),
        method => typeof(Task).IsAssignableFrom(method.ReturnType)
            || method.ReturnType.Name.StartsWith("ValueTask", StringComparison.Ordinal));

    [Fact]
    public void What_the_rules_hold_cannot_be_changed_from_outside() => Assert.DoesNotContain(
        Domain.GetExportedTypes().SelectMany(type => type.GetProperties()),
        property => property.SetMethod is { IsPublic: true } set
            && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(
                typeof(System.Runtime.CompilerServices.IsExternalInit)));

    /// <summary>Names on the wire do not change when somebody renames a type or a method.</summary>
    [Theory, MemberData(nameof(Interfaces))]
    public void A_grain_interface_is_told_by_its_alias_and_version(Type type)
    {
        Assert.True(typeof(IGrainWithGuidKey).IsAssignableFrom(type));
        Assert.StartsWith("jiko.", type.GetCustomAttribute<AliasAttribute>()?.Alias, StringComparison.Ordinal);
        Assert.Equal(ContractVersion.Current, type.GetCustomAttribute<VersionAttribute>()?.Version);
        var aliases = type.GetMethods().Select(method => method.GetCustomAttribute<AliasAttribute>()?.Alias).ToList();
        Assert.DoesNotContain(null, aliases);
        Assert.Equal(aliases.Count, aliases.Distinct().Count());
    }

    /// <summary>The inventory's calls interleave all; of the others only what answers with no decision does.</summary>
    [Theory, MemberData(nameof(Interfaces))]
    public void Reads_interleave_and_commands_do_not(Type type)
    {
        var isReentrant = GrainOf(type).IsDefined(typeof(ReentrantAttribute));
        Assert.Equal(type == typeof(IKitchenInventoryGrain), isReentrant);
        Assert.All(type.GetMethods().Where(_ => !isReentrant), method => Assert.Equal(
            method.Name is "Read" or "Watch" or "LookAgain", method.IsDefined(typeof(AlwaysInterleaveAttribute))));
    }

    [Theory, MemberData(nameof(Interfaces))]
    public void A_grain_is_sealed_named_and_made_from_its_context(Type type)
    {
        var grain = GrainOf(type);
        var constructor = Assert.Single(grain.GetConstructors());

        Assert.True(grain is { IsPublic: false, IsSealed: true });
        Assert.Equal(typeof(object), grain.BaseType);
        Assert.True(typeof(IGrainBase).IsAssignableFrom(grain));
        Assert.True(grain.IsDefined(typeof(GrainTypeAttribute)));
        Assert.Equal(typeof(IGrainContext), constructor.GetParameters()[0].ParameterType);
        Assert.EndsWith("Services", constructor.GetParameters()[1].ParameterType.Name, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Interfaces))]
    public void A_grain_keeps_its_state_in_one_actor(Type type) => Assert.Single(
        GrainOf(type).GetFields(Everything),
        field => field.FieldType.Name.StartsWith("Actor`", StringComparison.Ordinal));

    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static Type GrainOf(Type type) =>
        Assert.Single(Grains.GetTypes(), grain => grain.IsClass && type.IsAssignableFrom(grain));
}
