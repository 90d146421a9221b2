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

    /// <summary>How many bytes the several vectors of rows in memory take, those of rows that are no longer there included.</summary>
    public long TokenBytes => _tokens.Sum(tokens => tokens?.Bytes ?? 0);

    /// <summary>Has what chooses among rows left out of all that is appended, until <see cref="BeginFirstPasses"/>. Nobody else has this state yet.</summary>
    public void LeaveFirstPasses() => Array.Clear(_firstPasses);

    /// <summary>Has what chooses among the rows so far be yet to be made.</summary>
    public void BeginFirstPasses()
    {
        for (int column = 0; column < _firstPasses.Length; column++)
        {
            _firstPasses[column] = FirstPassFor(_columns[column], Count);
        }
    }

    /// <summary>Whether there is something to be made of rows that were read from files.</summary>
    public bool HasToMake => Array.Exists(_firstPasses, column => column is { IsMade: false });

    /// <summary>Makes what chooses among rows that were read from files.</summary>
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

    /// <summary>Has what another state has made of the same rows of the snapshot.</summary>
    public void KeepFirstPasses(TableState source)
    {
        for (int column = 0; column < _firstPasses.Length; column++)
        {
            _firstPasses[column]?.Keep(source._firstPasses[column]!);
        }
    }

    /// <summary>The dimensions that vectors have here, which a property that is to be filled anew may have others of.</summary>
    public int DimensionsOf(VectorProperty property) => property.IsMulti ? GetTokens(property.Column).Format.Dimensions : property.Dimensions;

    /// <summary>A copy of a row's vector, of several one after another; empty for a sparse one, which stands in the row's values.</summary>
    public float[] CopyVector(VectorProperty property, int row) => property.Kind switch
    {
        VectorKind.Dense => GetVectors(property.Column).Get(row),
        VectorKind.Multi => GetTokens(property.Column).Format.Read(GetTokens(property.Column).Find(row)),
        _ => [],
    };

    /// <summary>Makes what chooses among rows that are yet to be appended. It takes its time, and nobody need wait for it.</summary>
    public void EncodeTokens(PendingRows rows)
    {
        for (int column = 0; column < _firstPasses.Length; column++)
        {
            if (_firstPasses[column] is { } pass)
            {
                rows.EncodeTokens(column, pass);
            }
        }
    }

    /// <summary>Gives the rows of a batch what was made of them when they were appended, as far as they are found.</summary>
    /// <param name="rows">The batch, as a log has it.</param>
    /// <param name="generation">Its generation, which was published.</param>
    public void CopyEncoded(PendingRows rows, long generation)
    {
        for (int column = 0; column < _firstPasses.Length; column++)
        {
            if (_firstPasses[column] is { } pass)
            {
                rows.TakeEncoded(column, key => FindOf(key, generation) is { } row ? pass.Copy(row.Index) : null);
            }
        }
    }

    /// <summary>Writes the several vectors of a row that is yet to be appended.</summary>
    /// <param name="column">Their column.</param>
    /// <param name="vectors">The vectors.</param>
    /// <param name="encoded">What <see cref="EncodeTokens"/> made of them; null where it was not asked to.</param>
    public void SetTokens(int column, TokenRow vectors, TokenArray? encoded)
    {
        _tokens[column]!.Set(Count, vectors);
        if (_firstPasses[column] is { } pass)
        {
            pass.Set(Count, (encoded ?? pass.Encode(vectors)).Row);
        }
    }

    /// <summary>Writes those that a row of another state has.</summary>
    public void CopyTokens(int column, TableState source, int sourceRow)
    {
        _tokens[column]!.Set(Count, source.GetTokens(column).Find(sourceRow));
        if (_firstPasses[column] is { } pass)
        {
            pass.Set(Count, source._firstPasses[column]!.Find(sourceRow));
        }
    }

    /// <summary>The row of a key that a batch appended; null where rows got other numbers since.</summary>
    private Row? FindOf(object key, long generation)
    {
        Row? row = FindLatest(key);
        while (row is not null && row.Created != generation)
        {
            row = row.Previous;
        }

        return row;
    }

    private static FirstPassColumn? FirstPassFor(VectorProperty property, int first) =>
        property.IsMulti && FirstPassEncoder.For(property.MultiVectors, property.Dimensions) is { } encoder
            ? new FirstPassColumn(encoder, property.Tokens, first)
            : null;
}
