using System.Text.Json.Serialization;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Binding;

namespace JikoXpress.WebApi.Answers;

/// <summary>A page of a list, newest first.</summary>
internal sealed record ListView<T>(IReadOnlyList<T> Data, PagingView Paging)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "list";
}

/// <summary>How to go on from a page.</summary>
/// <param name="HasMore">There is more in the direction that was asked for.</param>
/// <param name="After">Give it as <c>after</c> to get what is older; absent on the last page.</param>
/// <param name="Before">Give it as <c>before</c> to get what is newer, also what comes later.</param>
internal sealed record PagingView(bool HasMore, string? After, string? Before);

internal static class Paging
{
    /// <summary>The paging of a list that is all on one page.</summary>
    public static PagingView AllOfIt { get; } = new(HasMore: false, After: null, Before: null);

    /// <summary>The paging of what the store answered.</summary>
    public static PagingView Of<T>(PageRequest asked, Page<T> page, string list, Func<T, Cursor> place)
    {
        string? At(int index) => page.Items.Count is 0 ? null : Cursors.Write(place(page.Items[index]), list);
        var older = page.HasMore || asked.Before is not null;
        return new PagingView(page.HasMore, older ? At(page.Items.Count - 1) : null, At(0));
    }
}
