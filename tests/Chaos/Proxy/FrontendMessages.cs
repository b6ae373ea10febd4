using System.Buffers.Binary;
using System.Text;

namespace JikoXpress.Chaos.Proxy;

/// <summary>
/// Reads just enough of what an application says to PostgreSQL to know when it has asked for a commit and waits for the
/// answer: the first bytes of each message, and the names of the prepared statements that commit.
/// </summary>
internal sealed class FrontendMessages
{
    private const int ProtocolThree = 3;
    private const int TypeAndLength = 5;

    private readonly HashSet<string> commits = [];
    private readonly List<byte> unread = [];
    private bool started;
    private bool committing;

    /// <summary>True when with these bytes a commit has been asked for, to its end.</summary>
    public bool AskForCommit(ReadOnlySpan<byte> chunk)
    {
        unread.AddRange(chunk);
        var asked = false;
        var bytes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(unread);
        var read = 0;
        while (Next(bytes[read..]) is var length && length > 0)
        {
            asked |= started && Hear(bytes.Slice(read, length));
            started |= !started && BinaryPrimitives.ReadInt16BigEndian(bytes[(read + 4)..]) == ProtocolThree;
            read += length;
        }

        unread.RemoveRange(0, read);
        return asked;
    }

    /// <summary>How long the first message is; 0 while it is incomplete. Before the start it has no type.</summary>
    private int Next(ReadOnlySpan<byte> bytes)
    {
        var type = started ? 1 : 0;
        if (bytes.Length < TypeAndLength + 3) return started && bytes.Length >= TypeAndLength ? Whole(bytes, type) : 0;
        return Whole(bytes, type);
    }

    private static int Whole(ReadOnlySpan<byte> bytes, int type)
    {
        var length = type + BinaryPrimitives.ReadInt32BigEndian(bytes[type..]);
        return bytes.Length >= length ? length : 0;
    }

    private bool Hear(ReadOnlySpan<byte> message)
    {
        var body = message[TypeAndLength..];
        switch (message[0])
        {
            case (byte)'P':
                var name = Text(body);
                var statement = Text(body[(name.Length + 1)..]);
                if (statement.Contains("jiko.commit", StringComparison.Ordinal)) commits.Add(name);
                else commits.Remove(name);
                return false;
            case (byte)'B':
                committing |= commits.Contains(Text(body[(Text(body).Length + 1)..]));
                return false;
            case (byte)'S':
                (var asked, committing) = (committing, false);
                return asked;
            default:
                return false;
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes[..bytes.IndexOf((byte)0)]);
}
