namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>What was changed of a kitchen, by whom; it is written with each change and never altered.</summary>
public interface IAuditTrail
{
    /// <summary>Newest first.</summary>
    Task<Page<AuditEntry>> List(Guid kitchenId, PageRequest page);

    /// <summary>Looks at the whole chain, from its first entry on.</summary>
    Task<AuditVerification> Verify(Guid kitchenId);
}

/// <param name="Number">Its place in the kitchen's chain, from 1.</param>
/// <param name="WhoKind">A kind of caller, SYSTEM, or the account that money came from.</param>
/// <param name="Action">As in staff.changed.</param>
/// <param name="Details">What it was and what it became, as JSON.</param>
/// <param name="Trace">The request; empty where there was none.</param>
/// <param name="Hash">Over the entry and the hash of the one before it.</param>
public sealed record AuditEntry(
    Guid Id, long Number, DateTimeOffset At, string WhoKind, Guid WhoId, string Action, string ObjectKind,
    Guid ObjectId, string Details, string Trace, ReadOnlyMemory<byte> Hash);

/// <param name="Entries">How many there are.</param>
/// <param name="Wrong">The first that are not as they were written, at most 100; empty where all are.</param>
public sealed record AuditVerification(long Entries, IReadOnlyList<AuditFlaw> Wrong);

/// <param name="Number">The entry's place in the chain.</param>
/// <param name="Flaw">CHANGED, MISSING_BEFORE, NOT_LINKED or MISSING_AT_THE_END.</param>
public sealed record AuditFlaw(long Number, string Flaw);
