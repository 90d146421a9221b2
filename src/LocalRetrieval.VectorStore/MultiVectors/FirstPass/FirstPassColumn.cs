using System.Buffers;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.MultiVectors.FirstPass;

/// <summary>One int8 vector for each row of a column of several: what chooses the rows that are compared by all their vectors.</summary>
/// <remarks>
/// It is made of what is stored: of rows in memory as they are appended, of those of a snapshot in the background, until when nobody can search it. One writer appends; readers need no lock.
/// </remarks>
internal sealed class FirstPassColumn : TokenRows
{
    private readonly FirstPassEncoder _encoder;
    private readonly TokenFormat _tokens;
    private readonly TokenFormat _format;
    private readonly TokenBlocks _later;
    private readonly MaxSimSearch _search;
    private readonly int _first;
    private MadeRows _made = new();

    /// <param name="encoder">Makes the vectors.</param>
    /// <param name="tokens">How the column's own vectors are written.</param>
    /// <param name="first">How many rows stand in a snapshot; they are yet to be made.</param>
    public FirstPassColumn(FirstPassEncoder encoder, TokenFormat tokens, int first)
    {
        _encoder = encoder;
        _tokens = tokens;
        _first = first;
        _format = new TokenFormat(encoder.Dimensions, isQuantized: true);
        _later = new TokenBlocks(_format, stored: null, first);

        // What is compared is one vector a row, which costs less than to ask for it.
        _search = new MaxSimSearch(_format) { AsksFirst = false };
        _made.Rows = first == 0 ? new TokenBlocks(_format) : null;
    }

    /// <summary>Whether the rows of a snapshot are in it.</summary>
    public bool IsMade => _made.Rows is not null;

    public override long Count => _later.Count + (_made.Rows?.Count ?? 0);

    /// <summary>How many bytes it takes.</summary>
    public long Bytes => _later.Bytes + (_made.Rows?.Bytes ?? 0);

    public void EnsureCapacity(int rows) => _later.EnsureCapacity(rows);

    /// <summary>Takes in a row that has room.</summary>
    public void Set(int row, TokenRow vectors) => _later.Set(row, Encode(vectors).Row);

    /// <summary>Takes over a row of another column of the same kind.</summary>
    public void Copy(int row, FirstPassColumn source, int sourceRow) => _later.Set(row, source.Find(sourceRow));

    public override TokenRow Find(int row) => row < _first ? _made.Rows!.Find(row) : _later.Find(row);

    /// <summary>Makes what there is of the rows of a snapshot.</summary>
    /// <param name="stored">Their vectors.</param>
    /// <param name="cancellationToken">Ends it; nothing is made then.</param>
    public void Make(TokenRows stored, CancellationToken cancellationToken) => Fill((made, row) =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        made.Set(row, Encode(stored.Find(row)).Row);
        GC.KeepAlive(stored);
    });

    /// <summary>Has what another column makes, or has made, of the same rows of a snapshot. To be called before anybody else knows this one.</summary>
    public void Keep(FirstPassColumn source) => _made = source._made;

    /// <summary>Takes over what was made of rows that stand in a snapshot now.</summary>
    /// <param name="source">The column that has them.</param>
    /// <param name="sourceRows">Under which number, by row.</param>
    public void Take(FirstPassColumn source, int[] sourceRows) => Fill((made, row) => made.Set(row, source.Find(sourceRows[row])));

    /// <summary>Chooses rows.</summary>
    /// <param name="query">The query's vectors, <c>[vector, dimension]</c>.</param>
    /// <param name="count">How many rows there are.</param>
    /// <param name="list">The numbers of the rows to choose from, ascending; null for all.</param>
    /// <param name="options">How many to choose, and which.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>Their numbers, ascending.</returns>
    public int[] Choose(ReadOnlySpan<float> query, int count, int[]? list, RowSearchOptions options, CancellationToken cancellationToken)
    {
        float[] encoded = new float[_encoder.Dimensions];
        _encoder.EncodeQuery(query, encoded);
        int[] chosen = Array.ConvertAll(_search.Search(this, count, list, encoded, options, cancellationToken), found => found.Row);
        Array.Sort(chosen);
        return chosen;
    }

    private void Fill(Action<TokenBlocks, int> set)
    {
        TokenBlocks made = new(_format);
        made.EnsureCapacity(_first);
        for (int row = 0; row < _first; row++)
        {
            set(made, row);
        }

        _made.Rows = made;
    }

    private TokenArray Encode(TokenRow row)
    {
        float[] encoded = new float[_encoder.Dimensions];
        float[] buffer = ArrayPool<float>.Shared.Rent(row.Count * _tokens.Dimensions);
        Span<float> vectors = buffer.AsSpan(0, row.Count * _tokens.Dimensions);
        if (row.Count > 0)
        {
            _tokens.Read(row, vectors);
            _encoder.EncodeRow(vectors, encoded);
        }

        ArrayPool<float>.Shared.Return(buffer);
        return new TokenArray(_format, encoded);
    }
}
