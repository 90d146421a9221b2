using Microsoft.AspNetCore.Antiforgery;

namespace WebRag.Safety;

/// <summary>Lets requests that may change something pass only with the token that the page was given.</summary>
internal sealed class AntiforgeryFilter(IAntiforgery antiforgery) : IEndpointFilter
{
    public const string HeaderName = "X-CSRF-TOKEN";

    public static void Configure(AntiforgeryOptions options)
    {
        options.HeaderName = HeaderName;
        options.Cookie.Name = "webrag-antiforgery";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        // The session itself is the form: no page of this application may be framed, and that is said by its own header.
        options.SuppressXFrameOptionsHeader = true;
    }

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpRequest request = context.HttpContext.Request;
        bool mayChange = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        return mayChange && !await antiforgery.IsRequestValidAsync(context.HttpContext)
            ? TypedResults.Problem(
                $"The request has no valid token. Ask /api/session for one, and send it as the header {HeaderName}.",
                statusCode: StatusCodes.Status400BadRequest,
                title: "The page is too old.")
            : await next(context);
    }
}
