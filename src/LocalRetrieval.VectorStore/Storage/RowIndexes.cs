using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Snapshots;

namespace LocalRetrieval.VectorData.Storage;

/// <summary>The inverted indexes over the rows of one generation: of full texts and of sparse vectors.</summary>
/// <remarks>Immutable: an update returns others.</remarks>
internal sealed class RowIndexes
{
    /// <summary>How many rows of a table are taken in at once.</summary>
    private const int RowsAtOnce = 4096;

    private readonly int[]?[] _fields;
    private readonly KeywordIndex?[] _texts;
    private readonly SparseIndex?[] _vectors;
    private readonly bool _hasNone;

    /// <param name="fields">For each full-text index, the slots of its texts, its own first.</param>
    /// <param name="texts">The full-text indexes by slot.</param>
    /// <param name="vectors">The indexes of sparse vectors by column.</param>
    private RowIndexes(int[]?[] fields, KeywordIndex?[] texts, SparseIndex?[] vectors)
    {
        _fields = fields;
        _texts = texts;
        _vectors = vectors;
        _hasNone = Array.TrueForAll(texts, index => index is null) && Array.TrueForAll(vectors, index => index is null);
    }

    /// <summary>The indexes of a table without rows.</summary>
    /// <param name="model">What the table stores.</param>
    /// <param name="noKeywords">An empty index with the options of those texts that have none of their own.</param>
    public static RowIndexes For(RecordModel model, KeywordIndex noKeywords) => new(
        [.. model.Properties.Select(property => property is DataProperty { IsFullTextIndexed: true } text ? (int[])[text.Slot, .. text.KeywordFields.Select(field => field.Slot)] : null)],
        [.. model.Properties.Select(property => property is DataProperty { IsFullTextIndexed: true } text ? text.NoKeywords ?? noKeywords : null)],
        [.. model.VectorColumns.Select(property => property.IsSparse ? SparseIndex.Empty : null)]);

    /// <summary>The index over the texts of a slot; null where there is none.</summary>
    public KeywordIndex? FindTexts(int slot) => _texts[slot];

    /// <summary>The slots of the texts that are in the index of a slot, its own first.</summary>
    public int[] FieldsOf(int slot) => _fields[slot]!;

    /// <summary>The index over the sparse vectors of a column.</summary>
    public SparseIndex GetVectors(int column) => _vectors[column]!;

    /// <summary>The indexes without some rows, and with others, which they do not know.</summary>
    /// <param name="removed">The rows that are no longer there.</param>
    /// <param name="added">The rows that are new, enumerated once for each full-text index.</param>
    /// <param name="vectors">The sparse vectors of these rows by column.</param>
    public RowIndexes Update(List<int> removed, IEnumerable<Row> added, List<KeyValuePair<int, SparseEmbedding>>[] vectors)
    {
        return _hasNone ? this : new RowIndexes(
            _fields,
            [.. _texts.Select((index, slot) => index?.UpdateDocuments(removed, Texts(slot)))],
            [.. _vectors.Select((index, column) => index?.Update(removed, vectors[column]))]);

        IEnumerable<KeywordDocument> Texts(int slot) => added
            .Select(row => new KeywordDocument(row.Index, Array.ConvertAll(_fields[slot]!, field => row.Values[field] as string)))
            .Where(document => Array.Exists(document.Texts, text => text is not null));
    }

    /// <summary>Whether there is no index at all.</summary>
    public bool HasNone => _hasNone;

    /// <summary>The same indexes with all rows of a table, of which they know none.</summary>
    /// <param name="snapshot">The table.</param>
    /// <param name="sparse">The sparse vectors by column of its rows in memory, in their order, those that are no longer there included.</param>
    /// <param name="cancellationToken">Ends the making.</param>
    public RowIndexes WithRows(TableSnapshot snapshot, IReadOnlyList<List<KeyValuePair<int, SparseEmbedding>>> sparse, CancellationToken cancellationToken)
    {
        RowIndexes indexes = this;
        foreach (int[] part in Enumerable.Range(0, _hasNone ? 0 : snapshot.Count).Where(snapshot.IsVisible).Chunk(RowsAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            indexes = indexes.Update([], part.Select(snapshot.GetRow), SparseOf(snapshot.State.Stored, part));
        }

        return indexes.Update([], [], [.. sparse.Select(vectors => vectors.FindAll(vector => snapshot.IsVisible(vector.Key)))]);
    }

    /// <summary>The same indexes without any row.</summary>
    public RowIndexes WithoutRows() =>
        new(_fields, [.. _texts.Select(index => index?.WithoutRows())], [.. _vectors.Select(index => index is null ? null : SparseIndex.Empty)]);

    /// <summary>The same indexes, with each row under the number that <paramref name="newRows"/> has for it.</summary>
    public RowIndexes Renumber(int[] newRows) =>
        new(_fields, [.. _texts.Select(index => index?.Renumber(newRows))], [.. _vectors.Select(index => index?.Renumber(newRows))]);

    /// <summary>The sparse vectors by column of those rows that stand in a snapshot.</summary>
    private List<KeyValuePair<int, SparseEmbedding>>[] SparseOf(SnapshotRows? stored, int[] rows)
    {
        List<KeyValuePair<int, SparseEmbedding>>[] sparse = [.. _vectors.Select(_ => new List<KeyValuePair<int, SparseEmbedding>>())];
        foreach (int row in Array.Exists(_vectors, index => index is not null) ? rows.Where(row => row < stored?.Count) : [])
        {
            SparseEmbedding?[] ofRow = stored!.ReadSparse(row);
            for (int column = 0; column < sparse.Length; column++)
            {
                if (ofRow[column] is { } vector)
                {
                    sparse[column].Add(KeyValuePair.Create(row, vector));
                }
            }
        }

        return sparse;
    }
}
