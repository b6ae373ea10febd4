namespace JikoXpress.WebApi.Access;

/// <summary>Pages that a host brings and the operator looks at.</summary>
public static class OperatorPages
{
    /// <summary>Only with the operator's key, which a browser asks for as a password; any name does.</summary>
    public static TBuilder ForOperator<TBuilder>(this TBuilder pages) where TBuilder : IEndpointConventionBuilder =>
        pages.WithMetadata(new AccessPolicy(WithoutToken: false, [Callers.Operator], InBrowser: true));
}
