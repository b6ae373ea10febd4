using JikoXpress.Pages.Layout;
using JikoXpress.Pages.Words;
using JikoXpress.WebApi.Problems;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace JikoXpress.WebApi.Pages;

/// <summary>Problems as pages: people see a sentence and what to do, and programs the status.</summary>
internal static class PageProblems
{
    private static readonly ShownAsPage Shown = new(Show);

    extension<TBuilder>(TBuilder pages) where TBuilder : IEndpointConventionBuilder
    {
        /// <summary>Whatever refuses a request to these paths, the answer is a page.</summary>
        public TBuilder WithProblemsAsPages() => pages.WithMetadata(Shown);
    }

    extension(HttpRequest request)
    {
        /// <summary>What this request's page is written in.</summary>
        public Language Language => Languages.Of(request.Query[Languages.Parameter], request.Headers.AcceptLanguage);
    }

    private static Task Show(HttpContext http, Problem problem)
    {
        var (language, path) = (http.Request.Language, http.Request.Path);
        var words = language.Words;
        var (text, again) = problem.Status switch
        {
            Status404NotFound => (words.Missing, false),
            Status429TooManyRequests => (words.TooMany, true),
            >= Status500InternalServerError => (words.NotReady, true),
            _ => (words.Unreadable, true),
        };
        var view = new ProblemPageView(words, text, again ? $"{path}?{Languages.Parameter}={language.Tag}" : null);
        return new PageAnswer<ProblemPage>(problem.Status, language, view).ExecuteAsync(http);
    }
}
