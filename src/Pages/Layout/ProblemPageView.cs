using JikoXpress.Pages.Words;

namespace JikoXpress.Pages.Layout;

/// <summary>What the page of a problem shows.</summary>
/// <param name="Again">The address to try again; null where that is of no use.</param>
public sealed record ProblemPageView(PageWords Words, (string Title, string Text) Text, string? Again);
