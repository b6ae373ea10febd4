using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace JikoXpress.Pages;

/// <summary>
/// Renders a page into its HTML, on the server and once. Pages need no services: what they show, they are given. So
/// there is no circuit, no cookie, and no key ring behind them.
/// </summary>
public static class Html
{
    private static readonly ServiceProvider NoServices = new ServiceCollection().BuildServiceProvider();

    /// <param name="view">The parameter View of the page.</param>
    public static async Task<string> Of<TPage>(object view) where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(NoServices, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["View"] = view });
            return (await renderer.RenderComponentAsync<TPage>(parameters)).ToHtmlString();
        });
    }
}
