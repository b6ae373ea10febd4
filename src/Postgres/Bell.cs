using System.Threading.Channels;

namespace JikoXpress.Postgres;

/// <summary>Wakes one waiter; rings while nobody waits are one ring.</summary>
internal sealed class Bell
{
    private readonly Channel<bool> rung = Channel.CreateBounded<bool>(1);

    public void Ring() => rung.Writer.TryWrite(true);

    public ValueTask<bool> Rung(CancellationToken cancellation) => rung.Reader.ReadAsync(cancellation);
}
