using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Commits;
using Npgsql;
using NpgsqlTypes;

namespace JikoXpress.Postgres.Cluster;

/// <summary>
/// Writes a commit as a JSON document, for a storage provider that stores grain state as bytes, and makes the database
/// function that reads it. Both are generated from the statement and columns of the commit writers, so every commit
/// follows the same rules.
/// </summary>
internal static partial class CommitDocument
{
    /// <summary>SQLSTATE of a refused commit; the error message holds the answer as JSON.</summary>
    public const string Refused = "JK001";

    private static readonly ConcurrentBag<CommitCall> Calls = [];

    /// <summary>Hash of the function's body: builds with the same function have the same layout.</summary>
    public static string Layout { get; }

    /// <summary>The SQL that creates the function.</summary>
    public static string Function { get; }

    static CommitDocument()
    {
        using var call = new Rented();
        var body = BodyOf(call.Call);
        Layout = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))[..16];
        Function = $"""
            CREATE OR REPLACE FUNCTION jiko_cluster.commit_{Layout}(document json, version int) RETURNS int
            LANGUAGE plpgsql AS $body$
            {body}
            $body$
            """;
    }

    public static byte[] Of(GrainCommit commit)
    {
        using var call = new Rented();
        call.Call.Fill([commit]);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            for (var place = 0; place < call.Call.Columns.Count; place++)
                Write(json, NameOf(place + 1), call.Call.Columns[place].Value);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>Reads the answer from the error with which the function refused a commit.</summary>
    public static CommitAnswer AnswerOf(PostgresException refusal)
    {
        using var answer = JsonDocument.Parse(refusal.MessageText);
        return CommitAnswers.Read(answer.RootElement);
    }

    private static string NameOf(int place) => $"c{place}";

    private static string BodyOf(CommitCall call)
    {
        var columns = call.Columns.Select((column, index) => $"{NameOf(index + 1)} {TypeOf(column.NpgsqlDbType)}");
        // Empty columns are left out of the document.
        var statement = Place().Replace(call.Statement, place => place.Groups[1].Value is "1"
            ? $"given.{NameOf(1)}"
            : $"coalesce(given.c{place.Groups[1].Value}, '{{}}')");
        return $"""
            DECLARE
                given  record;
                answer record;
            BEGIN
                SELECT * INTO given FROM json_to_record(document) AS columns({string.Join(", ", columns)});
                {statement} INTO answer;
                IF answer.answer = 0 THEN
                    RETURN coalesce(version, 0) + 1;
                ELSIF answer.answer = 1 THEN
                    RETURN NULL;
                END IF;
                RAISE EXCEPTION USING ERRCODE = '{Refused}', MESSAGE = row_to_json(answer)::text;
            END
            """;
    }

    private static void Write(Utf8JsonWriter json, string name, object? column)
    {
        if (column is not IList list)
        {
            json.WritePropertyName(name);
            WriteValue(json, column);
        }
        else if (list.Count > 0)
        {
            json.WriteStartArray(name);
            foreach (var value in list) WriteValue(json, value);
            json.WriteEndArray();
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case bool yes: json.WriteBooleanValue(yes); break;
            case string text: json.WriteStringValue(text); break;
            case Guid id: json.WriteStringValue(id); break;
            case DateOnly day: json.WriteStringValue(day.ToString("yyyy-MM-dd")); break;
            // Cut to microseconds, as in PostgreSQL's binary protocol.
            case DateTimeOffset at: json.WriteStringValue(at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz")); break;
            default: throw new UnreachableException($"No column holds a {value.GetType()}.");
        }
    }

    private static string TypeOf(NpgsqlDbType type) => (type & ~NpgsqlDbType.Array) switch
    {
        NpgsqlDbType.Integer => "int",
        NpgsqlDbType.Bigint => "bigint",
        NpgsqlDbType.Boolean => "boolean",
        NpgsqlDbType.Uuid => "uuid",
        NpgsqlDbType.Text => "text",
        NpgsqlDbType.Date => "date",
        NpgsqlDbType.TimestampTz => "timestamptz",
        var other => throw new UnreachableException($"No column is {other}."),
    } + (type.HasFlag(NpgsqlDbType.Array) ? "[]" : "");

    [GeneratedRegex(@"\$(\d+)")]
    private static partial Regex Place();

    /// <summary>A pooled call, for one user at a time.</summary>
    private readonly struct Rented() : IDisposable
    {
        public CommitCall Call { get; } = Calls.TryTake(out var call) ? call : CommitCall.Unconnected();

        public void Dispose() => Calls.Add(Call);
    }
}
