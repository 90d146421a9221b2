namespace LocalRetrieval.Rag;

/// <summary>A document between chunking and writing.</summary>
internal sealed class PendingDocument(string source)
{
    private readonly Dictionary<string, Passage> _wanted = new(StringComparer.Ordinal);

    public string Source { get; } = source;

    /// <summary>The document's text where it has a lone surrogate, at which a refusal of the model is located.</summary>
    public string? IllFormedText { get; set; }

    /// <summary>What the collection holds of the document behind its last passage.</summary>
    public required List<Passage> Surplus { get; init; }

    /// <summary>Whether another encoder made a vector of what the collection holds.</summary>
    public bool HasOtherVectors { get; private set; }

    /// <summary>How many passages the document has now.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them the collection holds just so.</summary>
    public int Unchanged { get; private set; }

    /// <summary>The passages whose vector is missing.</summary>
    public List<Passage> ToEmbed { get; } = [];

    /// <summary>How many of these were embedded for the document; the others have the vector of an identical passage.</summary>
    public int Embedded { get; set; }

    /// <summary>Whether anything of it is to be written or deleted.</summary>
    public bool IsChange => ToEmbed.Count > 0 || Moved.Count > 0 || Surplus.Count > 0;

    /// <summary>The passages whose vector is known: from the same place with other metadata, from another place of the document, or from a document like it.</summary>
    public List<Passage> Moved { get; } = [];

    /// <summary>The passages of the collection that have the vectors of those that moved, which <see cref="TakeVectors"/> is to be given.</summary>
    public IReadOnlyCollection<Passage> Wanted => _wanted.Values;

    /// <summary>Compares the chunks with what the collection holds, by hashes: no vector is asked for.</summary>
    /// <param name="source">The document's name.</param>
    /// <param name="metadata">What it says of itself.</param>
    /// <param name="chunks">What it was cut into.</param>
    /// <param name="existing">What the collection holds of it.</param>
    /// <param name="encoder">What the encoder is known by.</param>
    /// <param name="alike">Passages of another document, whose vectors may serve.</param>
    /// <param name="scope">The scope that owns the document, or null.</param>
    public static PendingDocument Create(
        string source,
        DocumentMetadata metadata,
        IReadOnlyList<DocumentChunk> chunks,
        List<Passage> existing,
        string encoder,
        IReadOnlyList<Passage>? alike = null,
        string? scope = null)
    {
        PendingDocument document = new(source)
        {
            Surplus = existing.FindAll(passage => passage.Ordinal >= chunks.Count),
            Count = chunks.Count,
            HasOtherVectors = existing.Exists(passage => passage.IsEmbeddedByOther(encoder)),
        };
        Dictionary<int, Passage> byOrdinal = existing.ToDictionary(passage => passage.Ordinal);
        Dictionary<string, Passage> byHash = [];
        foreach (Passage passage in existing.Concat(alike ?? []))
        {
            byHash.TryAdd(passage.ContentHash, passage);
        }

        foreach (Passage passage in PassageRecords.Create(source, metadata, chunks, encoder, scope))
        {
            if (byOrdinal.TryGetValue(passage.Ordinal, out Passage? old) && (old.ContentHash, old.MetadataHash) == (passage.ContentHash, passage.MetadataHash))
            {
                document.Unchanged++;
            }
            else if (byHash.TryGetValue(passage.ContentHash, out Passage? same))
            {
                document._wanted[passage.ContentHash] = same;
                document.Moved.Add(passage);
            }
            else
            {
                document.ToEmbed.Add(passage);
            }
        }

        return document;
    }

    /// <summary>Gives the passages that moved the vectors that their texts have in the collection; those of which it gives none are to be embedded.</summary>
    /// <param name="stored">The <see cref="Wanted"/> passages as they are stored now, with their vectors.</param>
    public void TakeVectors(IEnumerable<Passage> stored)
    {
        Dictionary<string, Passage> byHash = new(StringComparer.Ordinal);
        foreach (Passage passage in stored.Where(passage => !passage.Vector.IsEmpty))
        {
            byHash.TryAdd(passage.ContentHash, passage);
        }

        foreach (Passage passage in Moved)
        {
            if (byHash.TryGetValue(passage.ContentHash, out Passage? same))
            {
                passage.TakeVectors(same);
            }
            else
            {
                ToEmbed.Add(passage);
            }
        }

        Moved.RemoveAll(passage => passage.Vector.IsEmpty);
    }
}
