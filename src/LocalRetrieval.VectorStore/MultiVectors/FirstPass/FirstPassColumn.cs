using System.Buffers;
using System.Runtime.InteropServices;
using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.MultiVectors.FirstPass;

/// <summary>One int8 vector for each row of a column of several: what chooses the rows that are compared by all their vectors.</summary>
/// <remarks>
/// It is made of what is stored: of the first rows, which were read from files, in the background, until when nobody can search it; of later ones before they are appended. One writer appends; readers need no lock.
/// </remarks>
internal sealed class FirstPassColumn : TokenRows
{
    /// <summary>How many rows are made at once.</summary>
    private const int RowsAtOnce = 1024;

    // As with indexes, a processor is left to searches.
    private static readonly int MakingThreads = Math.Max(1, Environment.ProcessorCount - 1);

    private readonly FirstPassEncoder _encoder;
    private readonly TokenFormat _tokens;
    private readonly TokenFormat _format;
    private readonly TokenBlocks _later;
    private readonly MaxSimSearch _search;
    private readonly int _first;
    private volatile TokenBlocks? _made;

    /// <param name="encoder">Makes the vectors.</param>
    /// <param name="tokens">How the column's own vectors are written.</param>
    /// <param name="first">How many rows were read from files; they are yet to be made.</param>
    public FirstPassColumn(FirstPassEncoder encoder, TokenFormat tokens, int first)
    {
        _encoder = encoder;
        _tokens = tokens;
        _first = first;
        _format = new TokenFormat(encoder.Dimensions, isQuantized: true);
        _later = new TokenBlocks(_format, stored: null, first);

        // What is compared is one vector a row, which costs less than to ask for it.
        _search = new MaxSimSearch(_format) { AsksFirst = false };
        _made = first == 0 ? new TokenBlocks(_format) : null;
    }

    /// <summary>Whether the first rows are in it.</summary>
    public bool IsMade => _made is not null;

    public override long Count => _later.Count + (_made?.Count ?? 0);

    /// <summary>How many bytes it takes.</summary>
    public long Bytes => _later.Bytes + (_made?.Bytes ?? 0);

    public void EnsureCapacity(int rows) => _later.EnsureCapacity(rows);

    /// <summary>Makes the vector of a row, which may take a millisecond. Safe for concurrent use.</summary>
    public TokenArray Encode(TokenRow row)
    {
        float[] encoded = new float[_encoder.Dimensions];
        if (row.Count > 0)
        {
            Encode(row, encoded);
        }

        return new TokenArray(_format, encoded);
    }

    /// <summary>Takes in the vector of a row that has room.</summary>
    public void Set(int row, TokenRow encoded) => _later.Set(row, encoded);

    public override TokenRow Find(int row) => row < _first ? _made!.Find(row) : _later.Find(row);

    /// <summary>A copy of the vector of a row.</summary>
    public TokenArray Copy(int row)
    {
        TokenRow found = Find(row);
        return new TokenArray(_format, found.Count, MemoryMarshal.AsBytes(found.Codes), found.Scales);
    }

    /// <summary>Makes what there is of the first rows.</summary>
    /// <param name="rows">Their vectors.</param>
    /// <param name="cancellationToken">Ends it; nothing is made then.</param>
    public void Make(TokenRows rows, CancellationToken cancellationToken)
    {
        TokenBlocks made = new(_format);
        made.EnsureCapacity(_first);
        for (int start = 0; start < _first; start += RowsAtOnce)
        {
            TokenArray[] encoded = Encode(rows, start, Math.Min(RowsAtOnce, _first - start), cancellationToken);
            for (int i = 0; i < encoded.Length; i++)
            {
                made.Set(start + i, encoded[i].Row);
            }
        }

        _made = made;
    }

    /// <summary>Has what was made of the first rows of another column, which has them under the same numbers.</summary>
    public void Keep(FirstPassColumn source) => _made = _first == 0 ? _made : source._made;

    /// <summary>Takes over what was made of rows that are the first ones now.</summary>
    /// <param name="source">The column that has them.</param>
    /// <param name="sourceRows">Under which number, by row.</param>
    public void Take(FirstPassColumn source, int[] sourceRows)
    {
        TokenBlocks made = new(_format);
        made.EnsureCapacity(_first);
        for (int row = 0; row < _first; row++)
        {
            made.Set(row, source.Find(sourceRows[row]));
        }

        _made = made;
    }

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

    private TokenArray[] Encode(TokenRows rows, int start, int count, CancellationToken cancellationToken)
    {
        TokenArray[] encoded = new TokenArray[count];
        OnThreads.Run(count, MakingThreads, EncodeOne, cancellationToken);
        return encoded;

        void EncodeOne(int i)
        {
            encoded[i] = Encode(rows.Find(start + i));
            GC.KeepAlive(rows);
        }
    }

    private void Encode(TokenRow row, float[] encoded)
    {
        int length = row.Count * _tokens.Dimensions;
        float[] buffer = ArrayPool<float>.Shared.Rent(length);
        try
        {
            _tokens.Read(row, buffer.AsSpan(0, length));
            _encoder.EncodeRow(buffer.AsSpan(0, length), encoded);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }
}
