using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Storage;

/// <content>What chooses among the rows of columns of several vectors a record.</content>
internal sealed partial class Table
{
    private readonly int[] _warnedOfFirstPass;

    /// <summary>Whether a column is asked for with another first pass than the table has, and this is the first call that finds so. To ask for none is to have all vectors compared.</summary>
    /// <param name="asked">The column, as it is asked for.</param>
    /// <param name="kind">The first pass that the table has.</param>
    public bool TryClaimFirstPassWarning(VectorProperty asked, out MultiVectorFirstPass kind)
    {
        kind = _model.VectorColumns[asked.Column].MultiVectors.FirstPass;
        return HasFirstPass(asked) && asked.MultiVectors.FirstPass != kind && Interlocked.Exchange(ref _warnedOfFirstPass[asked.Column], 1) == 0;
    }

    private static bool HasFirstPass(VectorProperty column) => column.MultiVectors.FirstPass != MultiVectorFirstPass.None;
}
