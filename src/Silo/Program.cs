using JikoXpress.Silo.Hosting;

return await JikoXpressSilo.Run(args, Console.Error);
