namespace JikoXpress.Testing.Silo;

/// <summary>A grain, whether it is in memory or not.</summary>
public readonly record struct GrainKey(GrainClass Class, Guid Id)
{
    public override string ToString() => $"{Class.Name}/{Id}";

    internal static GrainKey Of(GrainId grain) => new(GrainClass.Named(grain.Type), grain.GetGuidKey());

    internal GrainId ToGrainId() =>
        GrainId.Create(Class.Type, GrainIdKeyExtensions.CreateGuidKey(Id));
}
