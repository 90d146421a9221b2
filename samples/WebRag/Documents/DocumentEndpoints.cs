using Microsoft.AspNetCore.Http.HttpResults;
using LocalRetrieval.Rag;
using WebRag.Sessions;

namespace WebRag.Documents;

/// <summary>The documents: a list, their texts, what has none, and how far indexing is.</summary>
internal static class DocumentEndpoints
{
    private const int DefaultCount = 40;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/documents", (Session session, DocumentCatalog catalog, CancellationToken cancellationToken) => catalog.ListAsync(session, cancellationToken));
        api.MapGet("/documents/text", ReadAsync);
        api.MapGet("/documents/unread", (PassageSync sync) => UnreadFiles.Of(sync.LastResult));
        api.MapGet("/library/events", (PassageSync sync, IHostApplicationLifetime lifetime, CancellationToken cancellationToken) =>
            TypedResults.ServerSentEvents(LibraryWatch.FollowAsync(sync, lifetime.ApplicationStopping, cancellationToken), "progress"));
    }

    private static async Task<Results<Ok<DocumentText>, NotFound>> ReadAsync(
        Session session, DocumentTexts texts, string id, string? around, int? from, int? count, CancellationToken cancellationToken) =>
        await texts.ReadAsync(session, id, around, from ?? 0, count ?? DefaultCount, cancellationToken) is { } text
            ? TypedResults.Ok(text)
            : TypedResults.NotFound();
}
