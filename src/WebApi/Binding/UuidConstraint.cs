namespace JikoXpress.WebApi.Binding;

/// <summary>Lets only ids through to a route (<c>{id:uuid}</c>): anything else in their place is a path that is not there.</summary>
internal sealed class UuidConstraint : IRouteConstraint
{
    public const string Name = "uuid";

    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection direction) =>
        Uuid.Parse(values[routeKey]?.ToString()) is not null;
}
