using JikoXpress.WebApi.Hosting;

await JikoXpressWeb.Build(args).RunAsync();
