using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using WebRag.Safety;
using WebRag.Sessions;
using WebRag.Settings;

namespace WebRag.Searching;

/// <summary>Searches. The query stands in the body, where no log and no history has it.</summary>
internal static class SearchEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/suggest", (Session session, SearchRequest request, Searcher searcher, IOptions<WebRagOptions> options, CancellationToken cancellationToken) =>
            AnswerAsync(request, options.Value, () => searcher.SuggestAsync(session, request, cancellationToken))).RequireRateLimiting(Limits.Searches);
        api.MapPost("/search", (Session session, SearchRequest request, Searcher searcher, IOptions<WebRagOptions> options, CancellationToken cancellationToken) =>
            AnswerAsync(request, options.Value, () => searcher.SearchAsync(session, request, cancellationToken))).RequireRateLimiting(Limits.Questions);
    }

    private static async Task<Results<Ok<SearchResponse>, ProblemHttpResult>> AnswerAsync(
        SearchRequest request, WebRagOptions options, Func<Task<SearchResponse>> search) =>
        QuestionRules.Check(request.Query, options) is { } reason
            ? TypedResults.Problem(reason, statusCode: StatusCodes.Status400BadRequest, title: "The question was not taken.")
            : TypedResults.Ok(await search());
}
