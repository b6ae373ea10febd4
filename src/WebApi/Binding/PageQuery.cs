using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace JikoXpress.WebApi.Binding;

/// <summary>The parameters of every list, for the API's document; <see cref="Query.Page"/> reads them.</summary>
internal abstract record PageQuery
{
    /// <summary>How many at most.</summary>
    [Range(1, Query.LargestLimit), DefaultValue(Query.DefaultLimit)]
    public int? Limit { get; init; }

    /// <summary>Go on from here towards what is older: <c>paging.after</c> of a page.</summary>
    public string? After { get; init; }

    /// <summary>Go on from here towards what is newer: <c>paging.before</c> of a page. Not with after.</summary>
    public string? Before { get; init; }
}

/// <summary>Where there is nothing to filter by.</summary>
internal sealed record ListQuery : PageQuery;
