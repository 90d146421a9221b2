using System.Linq.Expressions;
using LocalRetrieval.Rag;
using Microsoft.Extensions.VectorData;
using WebRag.Sessions;
using WebRag.Uploads;

namespace WebRag.Documents;

/// <summary>The documents that a visitor may see, and those of them that a filter wants.</summary>
internal sealed class DocumentCatalog(Library library)
{
    private const int MaxDocuments = 100_000;

    /// <summary>All documents that are indexed, by their names.</summary>
    public async Task<IReadOnlyList<DocumentInfo>> ListAsync(Session session, CancellationToken cancellationToken)
    {
        VectorStoreCollection<string, Passage> collection = await library.OpenAsync(cancellationToken);
        List<DocumentInfo> documents = [];
        await foreach (Passage passage in collection.GetAsync(VisiblePassages.FirstOfEach(session), MaxDocuments, cancellationToken: cancellationToken))
        {
            documents.Add(DocumentName.Describe(passage));
        }

        documents.Sort((left, right) => StringComparer.OrdinalIgnoreCase.Compare(left.Name, right.Name));
        return documents;
    }

    /// <summary>The condition of a search.</summary>
    public async Task<Expression<Func<Passage, bool>>> FilterAsync(Session session, DocumentFilter? filter, CancellationToken cancellationToken)
    {
        if (filter is null or { Folder: null, Type: null })
        {
            return VisiblePassages.Of(session, sources: null, filter?.Tag);
        }

        IReadOnlyList<DocumentInfo> documents = await ListAsync(session, cancellationToken);
        string[] sources = [.. documents.Where(document => IsWanted(document, filter)).Select(document => SourceOf(session, document.Id))];
        return VisiblePassages.Of(session, sources, filter.Tag);
    }

    /// <summary>The source that this API names so; whether it is there, and may be seen, says <see cref="VisiblePassages"/>.</summary>
    public static string SourceOf(Session session, string id) =>
        session.Uploads.TryGetValue(id, out Upload? upload) ? upload.Source : id;

    private static bool IsWanted(DocumentInfo document, DocumentFilter filter) =>
        (filter.Type is null || document.Type == filter.Type)
        && (filter.Folder is null || document.Folder == filter.Folder || document.Folder.StartsWith(filter.Folder + "/", StringComparison.Ordinal));
}
