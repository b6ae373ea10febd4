using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Binding;
using JikoXpress.WebApi.Problems;

namespace JikoXpress.WebApi.Answers;

/// <summary>A page of a list, newest first.</summary>
internal sealed record ListView<T>(IReadOnlyList<T> Data, PagingView Paging)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "list";
}

/// <summary>How to get the neighbouring pages.</summary>
/// <param name="HasMore">Whether there are more entries in the requested direction.</param>
/// <param name="After">Send it as <c>after</c> to get older entries; absent on the last page.</param>
/// <param name="Before">Send it as <c>before</c> to get newer entries, also those added later.</param>
internal sealed record PagingView(bool HasMore, string? After, string? Before);

internal static class Paging
{
    /// <summary>The paging of a list with one page.</summary>
    public static PagingView AllOfIt { get; } = new(HasMore: false, After: null, Before: null);

    /// <summary>The paging of a page of the store.</summary>
    public static PagingView Of<T>(PageRequest asked, Page<T> page, string list, Func<T, Cursor> place)
    {
        string? At(int index) => page.Items.Count is 0 ? null : Cursors.Write(place(page.Items[index]), list);
        var older = page.HasMore || asked.Before is not null;
        // Who asks for what has come since, and nothing has, asks from the same place again.
        var newer = At(0) ?? (asked.Before is { } since ? Cursors.Write(since, list) : null);
        return new PagingView(page.HasMore, older ? At(page.Items.Count - 1) : null, newer);
    }
}

/// <summary>Makes the 200 answers of lists.</summary>
internal static class ListAnswers
{
    /// <summary>The page that the query asks for; the filters have been read from it before.</summary>
    /// <param name="list">Names the list; a cursor of another list is refused.</param>
    /// <param name="elsewhere">Refuses, for example where the kitchen is another one's; asked after the query.</param>
    public static async Task<IResult> Listed<T, TView>(
        this Query query, string list, Func<PageRequest, Task<Page<T>>> read, Func<T, Cursor> place,
        Func<T, TView> view, JsonTypeInfo<ListView<TView>> type, Func<ValueTask<Problem?>>? elsewhere = null)
    {
        var asked = query.Page(list);
        if ((query.Malformed ?? query.Broken()) is { } problem) return problem;
        if (elsewhere is not null && await elsewhere() is { } absent) return absent;
        var page = await read(asked);
        return page.Shown(Paging.Of(asked, page, list, place), view, type);
    }

    /// <summary>A page of a list of the store.</summary>
    public static Answer<ListView<TView>> Shown<T, TView>(
        this Page<T> page, PagingView paging, Func<T, TView> view, JsonTypeInfo<ListView<TView>> type) =>
        page.View(paging, view).Shown(type);

    /// <summary>A list that always fits on one page.</summary>
    public static Answer<ListView<TView>> Whole<T, TView>(
        this IEnumerable<T> items, Func<T, TView> view, JsonTypeInfo<ListView<TView>> type) =>
        new ListView<TView>([.. items.Select(view)], Paging.AllOfIt).Shown(type);

    public static Answer<ListView<TView>> Shown<TView>(
        this ListView<TView> list, JsonTypeInfo<ListView<TView>> type) =>
        new(StatusCodes.Status200OK, list, type);

    public static ListView<TView> View<T, TView>(this Page<T> page, PagingView paging, Func<T, TView> view) =>
        new([.. page.Items.Select(view)], paging);
}
