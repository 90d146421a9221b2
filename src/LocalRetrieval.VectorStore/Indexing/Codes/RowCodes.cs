using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>Codes of vectors, row after row, that say about how near a query is.</summary>
/// <remarks>One writer adds rows; those that it has <see cref="Count">counted</see> are compared without a lock. Nearness is finite, whatever the vectors' lengths.</remarks>
internal abstract class RowCodes : IRowVectors
{
    // So many rows of a list are on their way from memory while one is compared.
    private const int RowsAhead = 8;

    private volatile int _count;

    protected RowCodes(int dimensions, int bytesPerRow, int numbersPerRow)
    {
        Dimensions = dimensions;
        Blocks = new CodeBlocks(bytesPerRow, numbersPerRow);
    }

    /// <summary>How many components the vectors have.</summary>
    public int Dimensions { get; }

    /// <summary>How many rows there are.</summary>
    public int Count => _count;

    /// <summary>The memory that they take, in bytes.</summary>
    public long Bytes => Blocks.Bytes;

    /// <summary>The bytes that a comparison with a row reads.</summary>
    public int BytesPerRow => Blocks.BytesPerRow + (Blocks.NumbersPerRow * sizeof(float));

    protected CodeBlocks Blocks { get; }

    /// <summary>Makes codes of a kind, without rows.</summary>
    /// <param name="quantization">The kind, which is not None; the measure is one that it can have.</param>
    /// <param name="measure">How the vectors are compared.</param>
    /// <param name="dimensions">How many components the vectors have.</param>
    /// <param name="seed">What random choices follow from.</param>
    public static RowCodes Create(VectorQuantization quantization, VectorMeasure measure, int dimensions, int seed) => quantization switch
    {
        VectorQuantization.Half when measure.Kernel == PairKernel.Inequality => new EqualityCodes<ushort>(measure, dimensions),
        VectorQuantization.Half => new HalfCodes(measure, dimensions),
        VectorQuantization.Int8 when measure.Kernel == PairKernel.Inequality => new EqualityCodes<byte>(measure, dimensions),
        VectorQuantization.Int8 when measure.Kernel == PairKernel.AbsoluteDifference => new WidenedSByteCodes(measure, dimensions),
        VectorQuantization.Int8 => new SByteCodes(measure, dimensions),
        VectorQuantization.Binary when measure.ComparesSigns => new BinaryCodes(measure, dimensions, seed),
        _ => throw new ArgumentOutOfRangeException(nameof(quantization), quantization, $"There are no such codes for {measure.Name}."),
    };

    /// <summary>Makes room for rows.</summary>
    public void EnsureCapacity(int rows) => Blocks.EnsureCapacity(rows);

    /// <summary>Adds the next row.</summary>
    /// <param name="vector">The vector, finite, of any length.</param>
    public void Add(ReadOnlySpan<float> vector)
    {
        int row = _count;
        Blocks.EnsureCapacity(row + 1);
        Encode(vector, Blocks.RowAt(row), Blocks.NumbersFrom(row)[..Blocks.NumbersPerRow]);
        _count = row + 1;
    }

    /// <summary>Adds a row of other codes of the same kind, measure, dimensions and seed as the next one.</summary>
    public void AddCopy(RowCodes source, int sourceRow)
    {
        int row = _count;
        Blocks.EnsureCapacity(row + 1);
        source.Blocks.RowAt(sourceRow).CopyTo(Blocks.RowAt(row));
        source.Blocks.NumbersFrom(sourceRow)[..Blocks.NumbersPerRow].CopyTo(Blocks.NumbersFrom(row));
        _count = row + 1;
    }

    /// <summary>Writes all rows.</summary>
    public void Save(IndexOutput output)
    {
        int count = _count;
        output.Write(count);
        Blocks.Save(output, count);
    }

    /// <summary>Takes over the rows of codes of the same kind, measure, dimensions and seed; there are none yet.</summary>
    /// <exception cref="InvalidDataException">They are not what was saved.</exception>
    public void Load(IndexInput input)
    {
        int count = input.Read<int>();
        if (count < 0)
        {
            throw new InvalidDataException($"The codes are said to be of {count} rows.");
        }

        Blocks.Load(input, count);
        _count = count;
    }

    /// <inheritdoc/>
    public abstract RowQuery Prepare(ReadOnlySpan<float> query);

    /// <inheritdoc/>
    public abstract RowQuery PrepareRow(int row);

    /// <inheritdoc/>
    public bool AreEqual(int row, int other) =>
        Blocks.RowAt(row).SequenceEqual(Blocks.RowAt(other))
        && Blocks.NumbersFrom(row)[..Blocks.NumbersPerRow].SequenceEqual(Blocks.NumbersFrom(other)[..Blocks.NumbersPerRow]);

    /// <inheritdoc/>
    public abstract void Compare(RowQuery query, ReadOnlySpan<int> rows, Span<float> nearness);

    /// <inheritdoc/>
    public void Compare(RowQuery query, int firstRow, Span<float> nearness)
    {
        while (!nearness.IsEmpty)
        {
            int count = Math.Min(nearness.Length, Blocks.CountToEnd(firstRow));
            CompareInBlock(query, firstRow, nearness[..count]);
            nearness = nearness[count..];
            firstRow += count;
        }
    }

    /// <summary>Makes of several queries what <see cref="CompareAll(RowQuery, int, int, Span{float})"/> takes.</summary>
    /// <param name="queries">The queries, <c>[query, dimension]</c>.</param>
    public virtual RowQuery PrepareAll(ReadOnlySpan<float> queries)
    {
        RowQuery[] prepared = new RowQuery[queries.Length / Dimensions];
        for (int query = 0; query < prepared.Length; query++)
        {
            prepared[query] = Prepare(queries.Slice(query * Dimensions, Dimensions));
        }

        return new SeveralQueries(prepared);
    }

    /// <summary>Compares neighbouring rows with several queries: each pair as if it were alone.</summary>
    /// <param name="queries">What <see cref="PrepareAll"/> made.</param>
    /// <param name="firstRow">The number of the first row.</param>
    /// <param name="count">How many rows are compared: best so few that they stay in the cache.</param>
    /// <param name="nearness">Takes how near each is, <c>[query, row]</c>.</param>
    public virtual void CompareAll(RowQuery queries, int firstRow, int count, Span<float> nearness)
    {
        foreach (RowQuery query in ((SeveralQueries)queries).Queries)
        {
            Compare(query, firstRow, nearness[..count]);
            nearness = nearness[count..];
        }
    }

    /// <summary>Compares rows of a list with several queries.</summary>
    /// <param name="queries">What <see cref="PrepareAll"/> made.</param>
    /// <param name="rows">The numbers of the rows.</param>
    /// <param name="nearness">Takes how near each is, <c>[query, row]</c>.</param>
    public virtual void CompareAll(RowQuery queries, ReadOnlySpan<int> rows, Span<float> nearness)
    {
        foreach (RowQuery query in ((SeveralQueries)queries).Queries)
        {
            Compare(query, rows, nearness[..rows.Length]);
            nearness = nearness[rows.Length..];
        }
    }

    /// <summary>Begins to load the row of a list that is compared some rows later.</summary>
    /// <param name="rows">The list.</param>
    /// <param name="place">The place of the row that is compared now.</param>
    protected void PrefetchAhead(ReadOnlySpan<int> rows, int place)
    {
        if (place + RowsAhead < rows.Length)
        {
            Blocks.Prefetch(rows[place + RowsAhead]);
        }
    }

    /// <summary>Compares neighbouring rows of one block.</summary>
    protected abstract void CompareInBlock(RowQuery query, int firstRow, Span<float> nearness);

    /// <summary>Makes a row's code and numbers, which are zero before.</summary>
    protected abstract void Encode(ReadOnlySpan<float> vector, Span<byte> code, Span<float> numbers);
}
