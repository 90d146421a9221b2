using LocalRetrieval.VectorData.MultiVectors;
using LocalRetrieval.VectorData.MultiVectors.FirstPass;
using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Storage;

/// <content>Columns of several vectors a record, and what chooses among their rows.</content>
internal sealed partial class TableState
{
    /// <summary>The vectors of a column of several a record.</summary>
    public TokenBlocks GetTokens(int column) => _tokens[column]!;

    /// <summary>What chooses among the rows of such a column; null where nothing does.</summary>
    public FirstPassColumn? FindFirstPass(int column) => _firstPasses[column];

    /// <summary>Whether there is something to be made of the rows of the snapshot.</summary>
    public bool HasToMake => Array.Exists(_firstPasses, column => column is { IsMade: false });

    /// <summary>Makes what chooses among the rows of the snapshot.</summary>
    public void MakeFirstPasses(CancellationToken cancellationToken)
    {
        for (int column = 0; column < _firstPasses.Length; column++)
        {
            if (_firstPasses[column] is { IsMade: false } pass)
            {
                pass.Make(_tokens[column]!, cancellationToken);
            }
        }
    }

    /// <summary>Takes over what another state made of the rows of the snapshot, as far as it is made.</summary>
    /// <param name="source">The other state.</param>
    /// <param name="sourceRows">Its numbers, by row.</param>
    public void TakeFirstPasses(TableState source, int[] sourceRows)
    {
        for (int column = 0; column < _firstPasses.Length; column++)
        {
            if (source._firstPasses[column] is { IsMade: true } made)
            {
                _firstPasses[column]!.Take(made, sourceRows);
            }
        }
    }

    /// <summary>Has what another state makes, or has made, of the same rows of the snapshot.</summary>
    public void KeepFirstPasses(TableState source)
    {
        for (int column = 0; column < _firstPasses.Length; column++)
        {
            _firstPasses[column]?.Keep(source._firstPasses[column]!);
        }
    }

    /// <summary>A copy of a row's vector, of several one after another; empty for a sparse one, which stands in the row's values.</summary>
    public float[] CopyVector(VectorProperty property, int row) => property.Kind switch
    {
        VectorKind.Dense => GetVectors(property.Column).Get(row),
        VectorKind.Multi => property.Tokens.Read(GetTokens(property.Column).Find(row)),
        _ => [],
    };

    /// <summary>Writes the several vectors of a row that is yet to be appended.</summary>
    public void SetTokens(int column, TokenRow vectors)
    {
        _tokens[column]!.Set(Count, vectors);
        _firstPasses[column]?.Set(Count, vectors);
    }

    /// <summary>Writes those that a row of another state has.</summary>
    public void CopyTokens(int column, TableState source, int sourceRow)
    {
        _tokens[column]!.Set(Count, source.GetTokens(column).Find(sourceRow));
        if (_firstPasses[column] is { } pass)
        {
            pass.Copy(Count, source._firstPasses[column]!, sourceRow);
        }
    }

    private FirstPassColumn? FirstPassFor(VectorProperty property) =>
        property.IsMulti && FirstPassEncoder.For(property.MultiVectors, property.Dimensions) is { } encoder
            ? new FirstPassColumn(encoder, property.Tokens, StoredCount)
            : null;
}
