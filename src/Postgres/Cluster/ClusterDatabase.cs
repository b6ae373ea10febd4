using System.Data.Common;
using Npgsql;

namespace JikoXpress.Postgres.Cluster;

/// <summary>
/// The database as a cluster of silos uses it: connections that find the statements that this build gave Orleans.
/// </summary>
public sealed class ClusterDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;

    public ClusterDatabase(string connectionString)
    {
        var settings = JikoDatabase.SettingsOf(connectionString);
        settings.SearchPath = "jiko_cluster";
        settings.Options += $" -c jiko.layout={OrleansQuery.Layout}";
        settings.ApplicationName += "-cluster";
        source = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = settings.ApplicationName }.Build();
    }

    public DbDataSource Source => source;

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
