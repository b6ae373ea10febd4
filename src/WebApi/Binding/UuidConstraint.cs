namespace JikoXpress.WebApi.Binding;

/// <summary>
/// Route constraint <c>{id:uuid}</c>: a path with another text in that place answers 404.
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
