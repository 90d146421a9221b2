namespace LocalRetrieval.VectorData.Keyword;

/// <summary>Some documents and, for each of their terms, the documents that hold it.</summary>
/// <remarks>A document is known inside by its number in the segment, outside by its row. Immutable: safe for concurrent use.</remarks>
internal sealed class PostingSegment<TTerm>
    where TTerm : notnull
{
    private readonly Dictionary<TTerm, int> _terms;
    private readonly int[] _starts;
    private readonly int[] _documents;
    private readonly float[] _weights;
    private readonly int[] _sortedRows;
    private readonly int[]? _sortedDocuments;

    /// <param name="rows">The row of each document.</param>
    /// <param name="lengths">The length of each document.</param>
    /// <param name="terms">The number of each term.</param>
    /// <param name="starts">Where the postings of each term begin, and where the last ones end.</param>
    /// <param name="documents">The documents of all postings, ascending for each term.</param>
    /// <param name="weights">The weights of all postings.</param>
    /// <exception cref="ArgumentException">A row has two documents.</exception>
    public PostingSegment(int[] rows, float[] lengths, Dictionary<TTerm, int> terms, int[] starts, int[] documents, float[] weights)
    {
        Rows = rows;
        Lengths = lengths;
        _terms = terms;
        _starts = starts;
        _documents = documents;
        _weights = weights;
        _sortedRows = rows;
        if (!IsAscending(rows))
        {
            _sortedRows = [.. rows];
            _sortedDocuments = [.. Enumerable.Range(0, rows.Length)];
            Array.Sort(_sortedRows, _sortedDocuments);
            if (!IsAscending(_sortedRows))
            {
                throw new ArgumentException("A row has two documents: add each row once.", nameof(rows));
            }
        }
    }

    /// <summary>How many documents there are, removed ones too.</summary>
    public int Count => Rows.Length;

    public int[] Rows { get; }

    public float[] Lengths { get; }

    public IEnumerable<TTerm> Terms => _terms.Keys;

    /// <summary>The documents of all postings: those of one term lie together and ascend.</summary>
    public ReadOnlySpan<int> Documents => _documents;

    /// <summary>The weights of all postings.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>Where a term's postings begin and end; at one place where there are none.</summary>
    public (int Start, int End) Find(TTerm term) => _terms.TryGetValue(term, out int number) ? (_starts[number], _starts[number + 1]) : default;

    /// <summary>The document of a row, or -1.</summary>
    public int DocumentOf(int row)
    {
        int index = Array.BinarySearch(_sortedRows, row);
        return index < 0 ? -1 : _sortedDocuments is null ? index : _sortedDocuments[index];
    }

    private static bool IsAscending(int[] rows)
    {
        for (int i = 1; i < rows.Length; i++)
        {
            if (rows[i] <= rows[i - 1])
            {
                return false;
            }
        }

        return true;
    }
}
