using JikoXpress.Simulation.Campaigns;

return CommandLine.Run(args);
