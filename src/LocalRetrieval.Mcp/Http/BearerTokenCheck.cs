using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace LocalRetrieval.Mcp.Http;

/// <summary>Refuses requests without the token.</summary>
internal sealed class BearerTokenCheck(RequestDelegate next, string token)
{
    private readonly byte[] _hash = Hash(token);

    public Task InvokeAsync(HttpContext context)
    {
        if (IsAllowed(context.Request.Headers.Authorization))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return context.Response.WriteAsync("Send the token of the server in the header Authorization, as: Bearer TOKEN.", context.RequestAborted);
    }

    // Hashes are of one length: the time tells neither the token nor its length.
    private bool IsAllowed(string? authorization) =>
        AuthenticationHeaderValue.TryParse(authorization, out AuthenticationHeaderValue? value)
        && string.Equals(value.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Hash(value.Parameter ?? ""), _hash);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
