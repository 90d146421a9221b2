using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Tests.Indexing.Upkeep;

/// <summary>An index that compares copies of the vectors that it was given, under the numbers that it was given: it finds just what an exact search does, unless it is kept wrongly.</summary>
internal sealed class CopyIndex(VectorProperty property, VectorIndexKind kind, CopyIndexes made) : VectorIndex
{
    private float[] _vectors = [];
    private float[] _scales = [];
    private volatile int _count;

    public VectorIndexKind Kind => kind;

    public override int Count => _count;

    public override long Bytes => _count * (property.Dimensions + 1L) * sizeof(float);

    public override double? UsedOversampling => kind == VectorIndexKind.QuantizedFlat ? 2 : null;

    public override int? UsedEfSearch => kind == VectorIndexKind.Hnsw ? 64 : null;

    public override string Format => $"copies of {property.Dimensions} {made.Version}";

    /// <summary>Which rows were given to it as ones with a vector.</summary>
    public List<int> Added { get; } = [];

    public override void Add(VectorBlocks vectors, int rows, Func<int, bool> hasVector, CancellationToken cancellationToken)
    {
        made.Enter(nameof(Add), cancellationToken);
        Grow(rows);
        for (int row = _count; row < rows && !made.IsStuck && !cancellationToken.IsCancellationRequested; row++)
        {
            if (hasVector(row))
            {
                Added.Add(row);
                Set(row, vectors.Get(row));
            }

            _count = row + 1;
        }
    }

    public override VectorIndex Renumber(int[] newRows, VectorBlocks vectors, CancellationToken cancellationToken)
    {
        made.Enter(nameof(Renumber), cancellationToken);
        Assert.True(newRows.Length >= _count);
        int[] staying = [.. newRows.Take(_count).Where(row => row >= 0)];
        Assert.Equal(staying.Order(), staying);
        CopyIndex renumbered = new(property, kind, made);
        renumbered.Grow(staying.LastOrDefault(-1) + 1);
        for (int row = 0; row < _count; row++)
        {
            if (newRows[row] >= 0)
            {
                renumbered.Set(newRows[row], _vectors.AsSpan(row * property.Dimensions, property.Dimensions));
            }
        }

        renumbered._count = staying.LastOrDefault(-1) + 1;
        made.Note(renumbered);
        return renumbered;
    }

    public override void Repair(VectorBlocks vectors, Func<int, bool> isLive, CancellationToken cancellationToken)
    {
        made.Enter(nameof(Repair), cancellationToken);
        made.Repaired.Add(Enumerable.Range(0, _count).Count(row => !isLive(row)));
    }

    public override RowScore[][] Search(VectorIndexSearch search, CancellationToken cancellationToken)
    {
        made.Enter(nameof(Search), cancellationToken);
        int known = Math.Min(_count, search.Rows);
        List<RowBlock> blocks = [RowBlock.Of(0, _vectors.AsMemory(0, known * property.Dimensions), property.Dimensions, _scales.AsMemory(0, known))];
        blocks.AddRange(search.Blocks.Where(block => block.FirstRow + block.Count > known).Select(block => Tail(block, Math.Max(0, known - block.FirstRow))));
        RowSearchOptions options = search.Options with { Accepts = row => !made.Misses(row) && search.Options.Accepts!(row) };
        try
        {
            return property.Search.Find([.. blocks], search.Candidates, search.Queries, options, cancellationToken);
        }
        catch (Exception exception) when (made.Wraps)
        {
            throw new AggregateException(exception);
        }
    }

    public override void Save(IndexOutput output, CancellationToken cancellationToken)
    {
        made.Enter(nameof(Save), cancellationToken);
        output.Write(_count);
        output.Write<float>(_vectors.AsSpan(0, _count * property.Dimensions));
        output.Write<float>(_scales.AsSpan(0, _count));
    }

    public override void Load(IndexInput input, VectorBlocks vectors)
    {
        made.Enter(nameof(Load), CancellationToken.None);
        int count = input.Read<int>();
        _vectors = input.Read<float>(count * property.Dimensions).ToArray();
        _scales = input.Read<float>(count).ToArray();
        _count = count;
        made.Note(this);
    }

    private void Grow(int rows)
    {
        if (rows > _scales.Length)
        {
            // A reader has the arrays of one moment, or of two: what it looks at is in both.
            float[] vectors = new float[2 * rows * property.Dimensions];
            float[] scales = new float[2 * rows];
            _vectors.CopyTo(vectors, 0);
            _scales.CopyTo(scales, 0);
            _vectors = vectors;
            _scales = scales;
        }
    }

    private void Set(int row, ReadOnlySpan<float> vector)
    {
        vector.CopyTo(_vectors.AsSpan(row * property.Dimensions));
        _scales[row] = VectorBlocks.ScaleOf(vector);
    }

    private RowBlock Tail(RowBlock block, int start) => block.Halves.IsEmpty
        ? RowBlock.Of(block.FirstRow + start, block.Floats[(start * property.Dimensions)..], property.Dimensions, block.Scales[start..])
        : RowBlock.Of(block.FirstRow + start, block.Halves[(start * property.Dimensions)..], property.Dimensions, block.Scales[start..]);
}
