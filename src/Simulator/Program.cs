using JikoXpress.Simulator;

await SimulatorWeb.Build(args).RunAsync();
