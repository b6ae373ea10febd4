using System.Data.Common;
using Npgsql;

namespace JikoXpress.Postgres.Cluster;

/// <summary>
/// The connections that Orleans uses. They select the Orleans statements of this build by its layout.
/// </summary>
public sealed class ClusterDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;

    /// <param name="member">The silo that commits on these connections; null in a process without one.</param>
    public ClusterDatabase(string connectionString, CommittingMember? member = null)
    {
        var settings = JikoDatabase.SettingsOf(connectionString, member);
        settings.SearchPath = "jiko_cluster";
        settings.Options += $" -c jiko.layout={OrleansQuery.Layout}";
        settings.ApplicationName += "-cluster";
        source = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = settings.ApplicationName }.Build();
    }

    public DbDataSource Source => source;

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
