using System.Data.Common;
using System.Diagnostics;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres;
using JikoXpress.Postgres.Cluster;
using JikoXpress.Postgres.Commits;
using JikoXpress.Postgres.Reads;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace JikoXpress.Silo.Storage;

/// <summary>
/// Loads and commits the state of grains. A session commits in one transaction with the other commits that wait in
/// this silo. Bills, carts and inventories commit one at a time, through the silo's storage provider; figures are in
/// docs/decisions/0012. This class caches nothing: a grain keeps its own state in memory, and drops it when a commit
/// may have failed.
/// </summary>
internal sealed class GrainCommits(
    CommitWriters writers, StateReads rows, StorageCommits documents, StoreCondition condition,
    [FromKeyedServices(GrainCommits.Provider)] IGrainStorage storage)
    : ICommits, IStateReads
{
    /// <summary>The storage provider's name.</summary>
    public const string Provider = "rows";

    public async Task<CommitAnswer> Commit(GrainCommit commit)
    {
        try
        {
            return commit.Kind is GrainKind.Session or GrainKind.None
                ? await writers.Commit(commit)
                : await documents.Commit(
                    commit, document => Write(commit, document), Activity.Current?.Context ?? default);
        }
        catch (StoreUnavailableException refused)
        {
            condition.Refused(StoreFaults.ReasonOf(refused));
            throw;
        }
    }

    public Task<StoredState?> Load(GrainKind kind, Guid key) => kind is GrainKind.Session or GrainKind.None
        ? rows.Load(kind, key)
        : Read(kind, key);

    public async Task<StateSince?> LoadSince(GrainKind kind, Guid key, long known) => kind is GrainKind.Session
        ? await rows.LoadSince(kind, key, known)
        : (await Load(kind, key))?.Since(known);

    public Task<StoredAnswer?> Answered(Guid operationId) => rows.Answered(operationId);

    private async Task<StoredState?> Read(GrainKind kind, Guid key)
    {
        var (name, grain) = Named(kind, key);
        var stored = new GrainState<GrainDocument>();
        try
        {
            await storage.ReadStateAsync(name, grain, stored);
        }
        catch (DbException fault) when (fault.IsTransient)
        {
            throw StoreFaults.AsRead(fault);
        }

        return stored is { RecordExists: true, State: { } state, ETag: { } version }
            ? new StoredState(state.Text, long.Parse(version))
            : null;
    }

    private async Task<bool> Write(GrainCommit commit, byte[] document)
    {
        var (name, grain) = Named(commit.Kind, commit.Key);
        var state = new GrainState<GrainDocument>(
            new GrainDocument { Bytes = document }, commit.ExpectedVersion is 0 ? null : $"{commit.ExpectedVersion}");
        try
        {
            await storage.WriteStateAsync(name, grain, state);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    /// <summary>The grain's type name is also the name of its state.</summary>
    private static (string Name, GrainId Grain) Named(GrainKind kind, Guid key)
    {
        var name = kind switch
        {
            GrainKind.Inventory => "inventory",
            GrainKind.Bill => "bill",
            GrainKind.Cart => "cart",
            GrainKind.Session or GrainKind.None => throw new UnreachableException(
                $"The commit writers commit {kind}, not this grain."),
        };
        return (name, GrainId.Create(GrainType.Create(name), GrainIdKeyExtensions.CreateGuidKey(key)));
    }
}
