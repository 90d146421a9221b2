using Microsoft.AspNetCore.Http;

namespace LocalRetrieval.Mcp.Http;

/// <summary>Refuses what a web page of another origin sends: browsers tell the origin, other clients none.</summary>
internal sealed class OriginCheck(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        string own = $"{request.Scheme}://{request.Host}";
        if (request.Headers.Origin.All(origin => string.Equals(origin, own, StringComparison.OrdinalIgnoreCase)))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("Web pages of other origins are not served.", context.RequestAborted);
    }
}
