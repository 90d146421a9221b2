using System.Globalization;
using LocalRetrieval.VectorData.Indexing.Codes;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>Rows of a graph that are compared by codes.</summary>
internal sealed class CodedRows(VectorQuantization quantization, VectorMeasure measure, int dimensions, int seed) : GraphRows
{
    private const int RowsBetweenChecks = 256;

    private readonly RowCodes _codes = RowCodes.Create(quantization, measure, dimensions, seed);

    public override IRowVectors Vectors => _codes;

    public override bool AreWhole => false;

    public override long Bytes => _codes.Bytes;

    public override string Format => string.Create(CultureInfo.InvariantCulture, $"{quantization}, seed {seed}");

    public override void Take(VectorBlocks vectors, int rows, Func<int, bool> hasVector, CancellationToken cancellationToken)
    {
        RowReader reader = new(vectors.Read(rows), dimensions);
        float[] none = new float[dimensions];
        _codes.EnsureCapacity(rows);
        for (int row = _codes.Count; row < rows; row++)
        {
            ThrowIfCancelled(row, cancellationToken);
            _codes.Add(hasVector(row) ? reader.Read(row) : none);
        }
    }

    public override void Save(IndexOutput output) => _codes.Save(output);

    public override void Load(IndexInput input, VectorBlocks vectors, int rows)
    {
        _codes.Load(input);
        if (_codes.Count < rows)
        {
            throw new InvalidDataException($"There are codes of {_codes.Count} rows, and the graph has {rows}.");
        }
    }

    public override GraphRows Renumber(ReadOnlySpan<int> newRows, VectorBlocks vectors, int rows, CancellationToken cancellationToken)
    {
        CodedRows renumbered = new(quantization, measure, dimensions, seed);
        renumbered._codes.EnsureCapacity(rows);
        RowReader reader = new(vectors.Read(rows), dimensions);
        for (int row = 0; row < newRows.Length; row++)
        {
            ThrowIfCancelled(row, cancellationToken);

            // Numbers that no known row has are those of rows that came later.
            while (renumbered._codes.Count < newRows[row])
            {
                renumbered._codes.Add(reader.Read(renumbered._codes.Count));
            }

            if (newRows[row] >= 0)
            {
                renumbered._codes.AddCopy(_codes, row);
            }
        }

        return renumbered;
    }

    private static void ThrowIfCancelled(int row, CancellationToken cancellationToken)
    {
        if (row % RowsBetweenChecks == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
