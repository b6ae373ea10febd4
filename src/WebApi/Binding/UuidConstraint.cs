namespace JikoXpress.WebApi.Binding;

/// <summary>
/// Lets only ids through to a route (<c>{id:uuid}</c>): a path with anything else there is not there.
/// </summary>
internal sealed class UuidConstraint : IRouteConstraint
{
    public const string Name = "uuid";

    public bool Match(
        HttpContext? httpContext,
        IRouter? route,
        string routeKey,
        RouteValueDictionary values,
        RouteDirection routeDirection) =>
        Uuid.Parse(values[routeKey]?.ToString()) is not null;
}
