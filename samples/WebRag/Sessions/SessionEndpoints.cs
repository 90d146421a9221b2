using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using WebRag.Chat;
using WebRag.Safety;
using WebRag.Settings;

namespace WebRag.Sessions;

/// <summary>What a page asks first: who one is, what one may do, and who answers.</summary>
internal static class SessionEndpoints
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/session", Get).RequireRateLimiting(Limits.Visits);

    private static Results<Ok<SessionInfo>, ProblemHttpResult> Get(
        HttpContext context, SessionStore sessions, IAntiforgery antiforgery, ChatModel chat, IOptions<WebRagOptions> options)
    {
        Session? session = context.Features.Get<Session>() ?? sessions.Create();
        if (session is null)
        {
            context.Response.Headers.RetryAfter = "60";
            return TypedResults.Problem("There are too many visitors at the moment. Try again in a minute.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        context.Response.Cookies.Append(SessionMiddleware.CookieName, session.Id, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            IsEssential = true,
            Path = "/",
        });
        WebRagOptions settings = options.Value;
        return TypedResults.Ok(new SessionInfo
        {
            Token = antiforgery.GetAndStoreTokens(context).RequestToken!,
            Model = chat.Name,
            IsOffline = chat.IsOffline,
            IsIndexKept = settings.Index is not null,
            Examples = [.. settings.Examples ?? []],
            MaxUploadBytes = settings.MaxUploadBytes,
            MaxUploads = settings.MaxUploads,
            MaxQuestionLength = settings.MaxQuestionLength,
        });
    }
}
