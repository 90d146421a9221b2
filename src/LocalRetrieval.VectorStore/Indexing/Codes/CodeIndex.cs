using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>Compares small codes of all rows, and the nearest of them once more by their whole vectors.</summary>
/// <remarks>
/// Scores are, bit for bit, those of an exact search, unless nothing is rescored. Up to 32 queries share a pass. What is found does not depend on how many are asked at once, or on how many threads
/// share the work. There is nothing to repair: what passes through rows that are gone costs as much as before, and compaction drops them.
/// </remarks>
internal sealed partial class CodeIndex : VectorIndex
{
    private const int RowsBetweenChecks = 256;

    private readonly VectorMeasure _measure;
    private readonly int _dimensions;
    private readonly VectorQuantization _quantization;
    private readonly VectorIndexOptions _options;
    private readonly RowCodes _codes;
    private volatile Oversampling _oversampling;

    /// <param name="measure">How vectors are compared.</param>
    /// <param name="dimensions">Their dimensions.</param>
    /// <param name="quantization">The kind of codes; not None.</param>
    /// <param name="options">The options, judged.</param>
    public CodeIndex(VectorMeasure measure, int dimensions, VectorQuantization quantization, VectorIndexOptions options)
    {
        _measure = measure;
        _dimensions = dimensions;
        _quantization = quantization;
        _options = options;
        WholeRowsOfList = quantization == VectorQuantization.Binary ? UsualWholeRowsOfBinaryList : UsualWholeRowsOfList;
        _codes = RowCodes.Create(quantization, measure, options.FirstPassDimensions ?? dimensions, options.Seed);
        _oversampling = !options.Rescoring ? new Oversampling(1, IsChosen: false)
            : options.Oversampling is { } given ? new Oversampling(given, IsChosen: false)
            : new Oversampling(VectorIndexOptions.MaxOversampling, IsChosen: true);
    }

    public override int Count => _codes.Count;

    public override long Bytes => _codes.Bytes;

    public override double? UsedOversampling => _options.Rescoring ? _oversampling.Factor : null;

    public override double? MeasuredRecall => _oversampling is { IsChosen: true, Recall: >= 0 and { } recall } ? recall : null;

    /// <summary>How many rows are found by codes, of which the whole vectors choose.</summary>
    public Oversampling Oversampling => _oversampling;

    public override void Add(VectorBlocks vectors, int rows, Func<int, bool> hasVector, CancellationToken cancellationToken)
    {
        RowBlock[] blocks = vectors.Read(rows);
        RowReader reader = new(blocks, _dimensions);
        float[] none = new float[_codes.Dimensions];
        _codes.EnsureCapacity(rows);
        for (int row = Count; row < rows; row++)
        {
            if (row % RowsBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            _codes.Add(hasVector(row) ? reader.Read(row)[.._codes.Dimensions] : none);
        }

        ChooseOversampling(blocks, cancellationToken);
    }

    public override VectorIndex Renumber(int[] newRows, VectorBlocks vectors, CancellationToken cancellationToken)
    {
        CodeIndex renumbered = new(_measure, _dimensions, _quantization, _options) { _oversampling = _oversampling };
        int[] known = newRows[..Math.Min(Count, newRows.Length)];
        int rows = known.Length == 0 ? 0 : known.Max() + 1;
        renumbered._codes.EnsureCapacity(rows);
        RowReader reader = new(vectors.Read(rows), _dimensions);
        for (int row = 0; row < known.Length; row++)
        {
            if (row % RowsBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            renumbered.AddUpTo(known[row], reader);
            if (known[row] >= 0)
            {
                renumbered._codes.AddCopy(_codes, row);
            }
        }

        return renumbered;
    }

    public override void Repair(VectorBlocks vectors, Func<int, bool> isLive, CancellationToken cancellationToken)
    {
    }

    // Numbers that no known row has are those of rows that came later.
    private void AddUpTo(int row, RowReader reader)
    {
        while (Count < row)
        {
            _codes.Add(reader.Read(Count)[.._codes.Dimensions]);
        }
    }

    // A quarter more rows change which others are near; fewer hardly do. The first few are mostly compared whole, and say little of more.
    private void ChooseOversampling(RowBlock[] blocks, CancellationToken cancellationToken)
    {
        Oversampling before = _oversampling;
        int rows = Count;
        if (before.IsChosen && rows >= NextMeasured(before.Rows))
        {
            _oversampling = new OversamplingChoice(_measure, _dimensions, _codes, blocks, _options).Choose(rows, cancellationToken) ?? before with { Rows = rows };
        }
    }
}
