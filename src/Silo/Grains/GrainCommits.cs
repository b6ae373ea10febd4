using JikoXpress.Grains.Ports;
using Orleans.Storage;

namespace JikoXpress.Silo.Grains;

/// <summary>
/// One grain's way to its row, through the cluster's storage provider. Nothing is kept here: the grain has its state in
/// memory itself, and forgets it when in doubt.
/// </summary>
internal sealed class GrainCommits(GrainHost host, GrainId grain, string kind) : ICommits, IStateReads
{
    public Task<CommitAnswer> Commit(GrainCommit commit) => host.Commits.Commit(
        commit, document => Write(document, commit.ExpectedVersion), CommandSpan.Current);

    /// <summary>Another grain's row is not the provider's to read for this one.</summary>
    public Task<StoredState?> Load(GrainKind of, Guid key) =>
        key == grain.GetGuidKey() ? Load() : host.Reads.Load(of, key);

    public Task<StoredAnswer?> Answered(Guid operationId) => host.Reads.Answered(operationId);

    private async Task<StoredState?> Load()
    {
        var stored = new GrainState<GrainDocument>();
        await host.Storage.ReadStateAsync(kind, grain, stored);
        return stored is { RecordExists: true, State: { } state, ETag: { } version }
            ? new StoredState(state.Text, long.Parse(version))
            : null;
    }

    private async Task<bool> Write(byte[] document, long version)
    {
        var state = new GrainState<GrainDocument>(
            new GrainDocument { Bytes = document }, version is 0 ? null : $"{version}");
        try
        {
            await host.Storage.WriteStateAsync(kind, grain, state);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }
}
