using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace JikoXpress.Postgres.Secrets;

/// <summary>
/// The keys of Data Protection as rows. Its interface is synchronous; it is called at the start, and once a day.
/// </summary>
internal sealed class KeyRows(JikoDatabase database) : IXmlRepository
{
    /// <summary>
    /// Data Protection says of every failure that it could not encrypt or decrypt, also where the database did not
    /// answer. Such a failure is thrown as the database gave it, as those of other reads are.
    /// </summary>
    public static void ThrowIfNotRead(CryptographicException failure)
    {
        for (var cause = failure.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause is NpgsqlException or XmlException) ExceptionDispatchInfo.Throw(cause);
        }
    }

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = database.Background.OpenConnection();
        using var command = new NpgsqlCommand("SELECT xml FROM jiko.secrets_key ORDER BY created_at, id", connection);
        using var rows = command.ExecuteReader();
        var elements = new List<XElement>();
        while (rows.Read()) elements.Add(XElement.Parse(rows.GetString(0)));
        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = database.Background.OpenConnection();
        using var command = new NpgsqlCommand("INSERT INTO jiko.secrets_key (id, xml) VALUES ($1, $2)", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = friendlyName });
        command.Parameters.Add(
            new NpgsqlParameter<string> { TypedValue = element.ToString(SaveOptions.DisableFormatting) });
        command.ExecuteNonQuery();
    }
}
