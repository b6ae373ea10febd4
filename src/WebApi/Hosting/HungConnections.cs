using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;

namespace JikoXpress.WebApi.Hosting;

/// <summary>
/// Ends the connections over which this process talked when it hung, and those that waited for it. What came in
/// meanwhile is not read, and nothing more goes out: whoever sent it may have asked somebody else since, and believes
/// that answer.
/// </summary>
internal static class HungConnections
{
    /// <summary>Ends a connection that is older than the last time the process hung.</summary>
    public static void EndAfterHang(this IConnectionBuilder connections)
    {
        var watch = connections.ApplicationServices.GetRequiredService<HangWatch>();
        connections.Use(next => connection =>
        {
            if (watch.HasJustHung)
            {
                connection.Abort(OutOfDate());
                return Task.CompletedTask;
            }

            connection.Transport = new Guarded(connection.Transport, watch);
            return next(connection);
        });
    }

    private sealed class Guarded(IDuplexPipe inner, HangWatch watch) : IDuplexPipe
    {
        public PipeReader Input { get; } = new Reader(inner.Input, watch, watch.Count);

        public PipeWriter Output { get; } = new Writer(inner.Output, watch, watch.Count);
    }

    private sealed class Reader(PipeReader inner, HangWatch watch, long hungBefore) : PipeReader
    {
        // Each request waits here: pooled, that leaves no garbage.
        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(cancellationToken);
            Check(watch, hungBefore);
            return read;
        }

        public override bool TryRead(out ReadResult result)
        {
            Check(watch, hungBefore);
            return inner.TryRead(out result);
        }

        public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) =>
            inner.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);
    }

    private sealed class Writer(PipeWriter inner, HangWatch watch, long hungBefore) : PipeWriter
    {
        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override void Advance(int bytes) => inner.Advance(bytes);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            Check(watch, hungBefore);
            return inner.FlushAsync(cancellationToken);
        }

        public override ValueTask<FlushResult> WriteAsync(
            ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
        {
            Check(watch, hungBefore);
            return inner.WriteAsync(source, cancellationToken);
        }

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);
    }

    private static void Check(HangWatch watch, long hungBefore)
    {
        if (watch.Count != hungBefore) throw OutOfDate();
    }

    private static ConnectionAbortedException OutOfDate() =>
        new("The process hung, and believes nothing that came before.");
}
