using JikoXpress.Silo.Hosting;

await JikoXpressSilo.Build(args).RunAsync();
