namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>Who changed what in a kitchen. An entry is written with each change and never altered.</summary>
public interface IAuditTrail
{
    /// <summary>Newest first.</summary>
    Task<Page<AuditEntry>> List(Guid kitchenId, PageRequest page);

    /// <summary>Checks the whole hash chain, from its first entry on.</summary>
    Task<AuditVerification> Verify(Guid kitchenId);
}

/// <param name="Number">Its place in the kitchen's chain, from 1.</param>
/// <param name="WhoKind">A kind of caller, SYSTEM, or the account that money came from.</param>
/// <param name="Action">For example staff.changed.</param>
/// <param name="Details">The values before and after, as JSON.</param>
/// <param name="Trace">The request's trace id; empty when there was no request.</param>
/// <param name="Hash">The hash of the entry together with the hash of the previous entry.</param>
public sealed record AuditEntry(
    Guid Id, long Number, DateTimeOffset At, string WhoKind, Guid WhoId, string Action, string ObjectKind,
    Guid ObjectId, string Details, string Trace, ReadOnlyMemory<byte> Hash);

/// <param name="Entries">The number of entries.</param>
/// <param name="Wrong">The first entries that were altered or are missing, at most 100; empty when none are.</param>
public sealed record AuditVerification(long Entries, IReadOnlyList<AuditFlaw> Wrong);

/// <param name="Number">The entry's place in the chain.</param>
/// <param name="Flaw">CHANGED, MISSING_BEFORE, NOT_LINKED or MISSING_AT_THE_END.</param>
public sealed record AuditFlaw(long Number, string Flaw);
