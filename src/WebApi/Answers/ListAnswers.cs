using System.Text.Json.Serialization.Metadata;
using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.WebApi.Answers;

/// <summary>Makes the 200 answers of lists.</summary>
internal static class ListAnswers
{
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
