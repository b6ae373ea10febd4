using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace JikoXpress.WebApi.Binding;

/// <summary>The paging parameters of every list, for the API document; <see cref="Query.Page"/> reads them.</summary>
internal abstract record PageQuery
{
    /// <summary>Largest number of entries in the answer.</summary>
    [Range(1, Query.LargestLimit), DefaultValue(Query.DefaultLimit)]
    public int? Limit { get; init; }

    /// <summary>Continue with older entries: the <c>paging.after</c> of a page.</summary>
    public string? After { get; init; }

    /// <summary>Continue with newer entries: the <c>paging.before</c> of a page. Not together with after.</summary>
    public string? Before { get; init; }
}

/// <summary>The query of a list without filters.</summary>
internal sealed record ListQuery : PageQuery;
