using LocalRetrieval.Rag;
using Microsoft.Extensions.VectorData;
using WebRag.Sessions;

namespace WebRag.Documents;

/// <summary>Reads documents out of the collection, passage by passage.</summary>
internal sealed class DocumentTexts(Library library)
{
    /// <summary>How many passages are read at once, at most.</summary>
    public const int MaxCount = 200;

    /// <summary>A part of a document that the visitor may see; null where there is none of this name.</summary>
    /// <param name="session">The visitor.</param>
    /// <param name="id">Names the document to this API.</param>
    /// <param name="around">The key of the passage in whose middle the part is; null where <paramref name="from"/> says where it starts.</param>
    /// <param name="from">The first passage, from 0.</param>
    /// <param name="count">How many passages, at most <see cref="MaxCount"/>.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<DocumentText?> ReadAsync(Session session, string id, string? around, int from, int count, CancellationToken cancellationToken)
    {
        List<Passage> passages = await PassagesAsync(session, DocumentCatalog.SourceOf(session, id), cancellationToken);
        if (passages.Count == 0)
        {
            return null;
        }

        int length = Math.Clamp(count, 1, MaxCount);
        int middle = around is null ? -1 : passages.FindIndex(passage => passage.Key == around);
        int first = middle < 0 ? Math.Clamp(from, 0, passages.Count) : Math.Max(0, middle - (length / 2));
        return new DocumentText
        {
            Document = DocumentName.Describe(passages[0]),
            Passages = [.. passages.Skip(first).Take(length).Select(Read)],
            Total = passages.Count,
        };
    }

    private async Task<List<Passage>> PassagesAsync(Session session, string source, CancellationToken cancellationToken)
    {
        VectorStoreCollection<string, Passage> collection = await library.OpenAsync(cancellationToken);
        List<Passage> passages = [];
        await foreach (Passage passage in collection.GetAsync(VisiblePassages.OfSource(session, source), int.MaxValue, cancellationToken: cancellationToken))
        {
            passages.Add(passage);
        }

        passages.Sort((left, right) => left.Ordinal.CompareTo(right.Ordinal));
        return passages;
    }

    private static PassageText Read(Passage passage) => new()
    {
        Key = passage.Key,
        Ordinal = passage.Ordinal,
        Heading = passage.HeadingPath,
        Page = passage.Page,
        Text = passage.Text,
    };
}
