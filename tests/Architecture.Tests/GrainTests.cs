using System.Reflection;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains;
using JikoXpress.Grains.Abstractions;

namespace JikoXpress.Architecture.Tests;

/// <summary>The rules are pure, and the grains look alike.</summary>
public sealed class GrainTests
{
    private static readonly Assembly Domain = typeof(Session).Assembly;
    private static readonly Assembly Grains = typeof(CheckoutSession).Assembly;

    /// <summary>What <see cref="IGrains"/> finds.</summary>
    public static TheoryData<Type> Doors => [.. typeof(IGrains).GetMethods().Select(method => method.ReturnType)];

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

    [Theory, MemberData(nameof(Doors))]
    public void A_door_has_one_grain_behind_it_that_shows_nothing_else(Type door)
    {
        var grain = GrainOf(door);
        var calls = door.GetMethods().Select(method => method.Name);
        var shown = grain.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(member => member is not ConstructorInfo)
            .Select(member => member.Name);

        Assert.Equal(calls.Order(), shown.Order());
    }

    [Theory, MemberData(nameof(Doors))]
    public void A_grain_can_be_run_by_any_host(Type door)
    {
        var grain = GrainOf(door);
        var constructor = Assert.Single(grain.GetConstructors());

        Assert.True(grain is { IsPublic: true, IsSealed: false, IsAbstract: false });
        Assert.Equal(typeof(object), grain.BaseType);
        Assert.Equal(typeof(Guid), constructor.GetParameters()[0].ParameterType);
        Assert.Equal(2, constructor.GetParameters().Length);
    }

    [Theory, MemberData(nameof(Doors))]
    public void A_grain_keeps_its_state_in_one_actor(Type door) => Assert.Single(
        GrainOf(door).GetFields(Everything),
        field => field.FieldType.Name.StartsWith("Actor`", StringComparison.Ordinal));

    [Theory, MemberData(nameof(Doors))]
    public void What_goes_through_a_door_is_awaited(Type door) => Assert.All(
        door.GetMethods(), method => Assert.True(
            method.ReturnType.Name.StartsWith("Task", StringComparison.Ordinal)
            || method.ReturnType.Name.StartsWith("ValueTask", StringComparison.Ordinal)));

    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static Type GrainOf(Type door) => Assert.Single(Grains.GetExportedTypes(), door.IsAssignableFrom);
}
