using System.Data;
using DbUp.Engine;
using DbUp.Engine.Transactions;
using Npgsql;

namespace JikoXpress.Postgres;

/// <summary>
/// Records each script in its own transaction, in the tables that <see cref="AppliedScripts"/> reads.
/// </summary>
internal sealed class SchemaJournal(IReadOnlyList<SchemaScript> missing) : IJournal
{
    /// <summary>None: DbUp gets only those that are missing, because it does not know checksums.</summary>
    public string[] GetExecutedScripts() => [];

    public void StoreExecutedScript(SqlScript script, Func<IDbCommand> dbCommandFactory)
    {
        var one = missing.Single(candidate => candidate.File == script.Name);
        using var command = dbCommandFactory();
        command.CommandText = one.IsRepeatable
            ? "INSERT INTO jiko.schema_repeatable (file, checksum) VALUES ($1, $2)"
            : "INSERT INTO jiko.schema_version (file, checksum) VALUES ($1, $2)";
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = one.File });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = one.Checksum });
        command.ExecuteNonQuery();
    }

    public void EnsureTableExistsAndIsLatestVersion(Func<IDbCommand> dbCommandFactory)
    {
        // Made under the lock, before DbUp begins.
    }
}

/// <summary>
/// Gives DbUp the connection that holds the lock: where it breaks, the update ends with the lock. A script goes to the
/// server as a whole, because PostgreSQL itself knows best where its statements end.
/// </summary>
internal sealed class SchemaConnection(NpgsqlConnection connection) : DatabaseConnectionManager(_ => connection)
{
    public override IEnumerable<string> SplitScriptIntoCommands(string scriptContents) => [scriptContents];
}
