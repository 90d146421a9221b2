using Microsoft.AspNetCore.Http.Features;

namespace WebRag.Uploads;

/// <summary>Reads the body of a request, which is the file.</summary>
internal static class UploadBody
{
    /// <summary>All of it; null where it is longer than <paramref name="maxBytes"/>.</summary>
    public static async Task<ArraySegment<byte>?> ReadAsync(HttpRequest request, long maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        // The limit here is the application's, and says what it is.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        MemoryStream content = new((int)Math.Min(request.ContentLength ?? 0, maxBytes));
        byte[] buffer = new byte[64 << 10];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            if (content.Length + read > maxBytes)
            {
                return null;
            }

            content.Write(buffer, 0, read);
        }

        return new ArraySegment<byte>(content.GetBuffer(), 0, (int)content.Length);
    }
}
