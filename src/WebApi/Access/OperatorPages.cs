namespace JikoXpress.WebApi.Access;

/// <summary>Pages for the operator that a process adds, such as the dashboard.</summary>
public static class OperatorPages
{
    /// <summary>Requires the operator key; a browser asks for it as a password, with any user name.</summary>
    public static TBuilder ForOperator<TBuilder>(this TBuilder pages) where TBuilder : IEndpointConventionBuilder =>
        pages.WithMetadata(new AccessPolicy(WithoutToken: false, [Callers.Operator], InBrowser: true));
}
