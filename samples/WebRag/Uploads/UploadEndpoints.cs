using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using WebRag.Safety;
using WebRag.Sessions;
using WebRag.Settings;

namespace WebRag.Uploads;

/// <summary>A visitor's own files. The body of a request is the file, and its name stands in a header, so that no address and no log has it.</summary>
internal static class UploadEndpoints
{
    /// <summary>The header of the file's name, percent-encoded.</summary>
    public const string NameHeader = "X-File-Name";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/uploads", (Session session) => session.Uploads.Values.Select(UploadInfo.Of).OrderBy(upload => upload.Name, StringComparer.OrdinalIgnoreCase));
        api.MapPost("/uploads", SendAsync).RequireRateLimiting(Limits.Uploads);
        api.MapGet("/uploads/{id}", (Session session, string id) => Find(session, id) is { } upload ? Results.Ok(UploadInfo.Of(upload)) : Results.NotFound());
        api.MapDelete("/uploads/{id}", DeleteAsync);
    }

    private static async Task<Results<Accepted<UploadInfo>, ProblemHttpResult>> SendAsync(
        Session session, HttpRequest request, UploadIndexing indexing, IOptions<WebRagOptions> options, CancellationToken cancellationToken)
    {
        WebRagOptions settings = options.Value;
        if (request.ContentLength > settings.MaxUploadBytes)
        {
            return TooLarge(settings);
        }

        // Room is taken before anything is received.
        long reserved = request.ContentLength ?? settings.MaxUploadBytes;
        Upload upload = new(RandomNumberGenerator.GetHexString(32, lowercase: true), FileName.Clean(request.Headers[NameHeader]), reserved);
        if (!session.TryAdd(upload, settings.MaxUploads, settings.MaxUploadedBytes))
        {
            upload.Dispose();
            return Refuse(
                StatusCodes.Status409Conflict,
                $"You may have {settings.MaxUploads} files of {Megabytes(settings.MaxUploadedBytes)} together. Delete one first.");
        }

        bool isStarted = false;
        try
        {
            (ProblemHttpResult? refusal, isStarted) = await ReceiveAsync(session, upload, request, indexing, settings, cancellationToken);
            return refusal is null ? TypedResults.Accepted($"/api/uploads/{upload.Id}", UploadInfo.Of(upload)) : refusal;
        }
        finally
        {
            if (!isStarted && session.Uploads.TryRemove(upload.Id, out _))
            {
                upload.Dispose();
            }
        }
    }

    private static async Task<(ProblemHttpResult? Refusal, bool IsStarted)> ReceiveAsync(
        Session session, Upload upload, HttpRequest request, UploadIndexing indexing, WebRagOptions settings, CancellationToken cancellationToken)
    {
        long reserved = upload.Bytes;
        if (!indexing.TryReserve(reserved))
        {
            request.HttpContext.Response.Headers.RetryAfter = "10";
            return (Refuse(StatusCodes.Status503ServiceUnavailable, "Too many files are waiting to be read. Try again in a few seconds."), false);
        }

        bool isStarted = false;
        try
        {
            if (await UploadBody.ReadAsync(request, settings.MaxUploadBytes, cancellationToken) is not { } content)
            {
                return (TooLarge(settings), false);
            }

            if (content.Count == 0)
            {
                return (Refuse(StatusCodes.Status400BadRequest, "The file is empty."), false);
            }

            upload.Bytes = content.Count;
            isStarted = true;
            indexing.Release(reserved - content.Count);
            indexing.Start(session, upload, content);
            return (null, true);
        }
        finally
        {
            if (!isStarted)
            {
                indexing.Release(reserved);
            }
        }
    }

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(Session session, string id, UploadIndexing indexing)
    {
        if (!session.Uploads.TryRemove(id, out Upload? upload))
        {
            return TypedResults.NotFound();
        }

        // Whoever leaves meanwhile has it deleted all the same.
        await indexing.DeleteAsync(upload, CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static Upload? Find(Session session, string id) => session.Uploads.GetValueOrDefault(id);

    private static ProblemHttpResult Refuse(int status, string reason) => TypedResults.Problem(reason, statusCode: status, title: "The file was not taken.");

    private static ProblemHttpResult TooLarge(WebRagOptions settings) =>
        Refuse(StatusCodes.Status413PayloadTooLarge, $"The file is larger than {Megabytes(settings.MaxUploadBytes)}.");

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MB");
}
