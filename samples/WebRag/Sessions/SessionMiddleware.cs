namespace WebRag.Sessions;

/// <summary>Finds the session of a request to the API. Without one, only <c>/api/session</c> answers, which makes one.</summary>
internal sealed class SessionMiddleware(RequestDelegate next, SessionStore sessions)
{
    public const string CookieName = "webrag-session";

    public async Task InvokeAsync(HttpContext context, IProblemDetailsService problems)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            Session? session = sessions.Find(context.Request.Cookies[CookieName]);
            if (session is not null)
            {
                context.Features.Set(session);
            }

            if (context.Request.Path.StartsWithSegments("/api/session", StringComparison.OrdinalIgnoreCase))
            {
                // Its own answer says how it may be kept.
                await next(context);
                return;
            }

            context.Response.Headers.CacheControl = "no-store";
            if (session is null)
            {
                await RefuseAsync(context, problems);
                return;
            }
        }

        await next(context);
    }

    private static async Task RefuseAsync(HttpContext context, IProblemDetailsService problems)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        await problems.WriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = { Status = StatusCodes.Status401Unauthorized, Title = "There is no session.", Detail = "Ask /api/session for one; sessions end when they are not used for some time." },
        });
    }
}
