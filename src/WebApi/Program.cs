using JikoXpress.WebApi;

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.ConfigureKestrel(Edge.Limit);
var app = builder.Build();
app.UseEdge();
app.Run();
