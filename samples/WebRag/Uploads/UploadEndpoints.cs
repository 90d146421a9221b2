using System.Globalization;
using System.Runtime.CompilerServices;
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

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/uploads", (Session session) => session.Uploads.Values.Select(UploadInfo.Of).OrderBy(upload => upload.Name, StringComparer.OrdinalIgnoreCase));
        api.MapPost("/uploads", SendAsync).RequireRateLimiting(Limits.Uploads);
        api.MapGet("/uploads/{id}", (Session session, string id) => Find(session, id) is { } upload ? Results.Ok(UploadInfo.Of(upload)) : Results.NotFound());
        api.MapGet("/uploads/{id}/events", Follow);
        api.MapDelete("/uploads/{id}", DeleteAsync);
    }

    private static async Task<Results<Accepted<UploadInfo>, ProblemHttpResult>> SendAsync(
        Session session, HttpRequest request, UploadIndexing indexing, IOptions<WebRagOptions> options, CancellationToken cancellationToken)
    {
        WebRagOptions settings = options.Value;
        if (await UploadBody.ReadAsync(request, settings.MaxUploadBytes, cancellationToken) is not { } content)
        {
            return Refuse(StatusCodes.Status413PayloadTooLarge, $"The file is larger than {Megabytes(settings.MaxUploadBytes)}.");
        }

        if (content.Length == 0)
        {
            return Refuse(StatusCodes.Status400BadRequest, "The file is empty.");
        }

        Upload upload = new(RandomNumberGenerator.GetHexString(32, lowercase: true), FileName.Clean(request.Headers[NameHeader]), content.Length);
        if (!session.TryAdd(upload, settings.MaxUploads, settings.MaxUploadedBytes))
        {
            upload.Dispose();
            return Refuse(
                StatusCodes.Status409Conflict,
                $"You may have {settings.MaxUploads} files of {Megabytes(settings.MaxUploadedBytes)} together. Delete one first.");
        }

        indexing.Start(upload, content);
        return TypedResults.Accepted($"/api/uploads/{upload.Id}", UploadInfo.Of(upload));
    }

    private static IResult Follow(Session session, string id, CancellationToken cancellationToken) =>
        Find(session, id) is { } upload ? TypedResults.ServerSentEvents(StepsAsync(upload, cancellationToken), "upload") : Results.NotFound();

    /// <summary>Each state of a file until it is ready or refused.</summary>
    private static async IAsyncEnumerable<UploadInfo> StepsAsync(Upload upload, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        UploadStatus? told = null;
        while (told is not { State: UploadState.Ready or UploadState.Refused })
        {
            UploadStatus status = upload.Status;
            if (status != told)
            {
                told = status;
                yield return UploadInfo.Of(upload);
            }
            else
            {
                await Task.WhenAny(upload.Indexing, Task.Delay(LookInterval, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(Session session, string id, UploadIndexing indexing, CancellationToken cancellationToken)
    {
        if (!session.Uploads.TryRemove(id, out Upload? upload))
        {
            return TypedResults.NotFound();
        }

        await indexing.DeleteAsync(upload, cancellationToken);
        return TypedResults.NoContent();
    }

    private static Upload? Find(Session session, string id) => session.Uploads.GetValueOrDefault(id);

    private static ProblemHttpResult Refuse(int status, string reason) => TypedResults.Problem(reason, statusCode: status, title: "The file was not taken.");

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MB");
}
