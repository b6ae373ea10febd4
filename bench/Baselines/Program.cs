using JikoXpress.Baselines;
using Npgsql;

// What the product's figures are divided by: bare ASP.NET, and with BASELINE_POSTGRES the same checkout as a careful
// team would write it, in three forms. See docs/performance.md.

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.Services.ConfigureHttpJsonOptions(
    json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, BaselineJson.Default));
var app = builder.Build();
app.MapBare();
app.MapAggregator();

if (builder.Configuration["BASELINE_POSTGRES"] is { Length: > 0 } connection)
{
    await using var source = NpgsqlDataSource.Create(connection);
    await Schema.Make(source);
    await using var ceiling = new Ceiling(source);
    app.MapSales("/for-update", new ForUpdate(source));
    app.MapSales("/row-lock", new RowLock(source));
    app.MapSales("/ceiling", ceiling);
    app.MapRowLockFlows(source, builder.Configuration["BASELINE_AGGREGATOR"] ?? "");
    await app.RunAsync();
}
else
{
    await app.RunAsync();
}
