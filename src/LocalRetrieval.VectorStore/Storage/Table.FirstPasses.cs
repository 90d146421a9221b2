using LocalRetrieval.VectorData.MultiVectors.FirstPass;
using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Storage;

/// <content>What chooses among the rows of columns of several vectors a record.</content>
internal sealed partial class Table
{
    private readonly int[] _warnedOfFirstPass;
    private FirstPassUpkeep? _firstPasses;

    /// <summary>Has made in the background what chooses among rows that were read from files.</summary>
    /// <param name="upkeep">Whoever makes it.</param>
    public void MakeFirstPassesBy(FirstPassUpkeep upkeep)
    {
        lock (_writing)
        {
            _firstPasses = Array.Exists(_model.VectorColumns, HasFirstPass) ? upkeep : null;
            MakeFirstPasses();
        }
    }

    /// <summary>Ends when nothing is being made that chooses among rows.</summary>
    public Task WhenFirstPassesAreMadeAsync() => _firstPasses?.WhenMadeAsync(CancellationToken.None) ?? Task.CompletedTask;

    /// <summary>Whether a column is asked for with another first pass than the table has, and this is the first call that finds so. To ask for none is to have all vectors compared.</summary>
    /// <param name="asked">The column, as it is asked for.</param>
    /// <param name="kind">The first pass that the table has.</param>
    public bool TryClaimFirstPassWarning(VectorProperty asked, out MultiVectorFirstPass kind)
    {
        kind = _model.VectorColumns[asked.Column].MultiVectors.FirstPass;
        return HasFirstPass(asked) && asked.MultiVectors.FirstPass != kind && Interlocked.Exchange(ref _warnedOfFirstPass[asked.Column], 1) == 0;
    }

    private static bool HasFirstPass(VectorProperty column) => column.MultiVectors.FirstPass != MultiVectorFirstPass.None;

    /// <summary>Begins to make what is not made. To be called by one writer.</summary>
    private void MakeFirstPasses()
    {
        TableState state = _published.State;
        if (state.HasToMake)
        {
            _firstPasses?.Begin(state.MakeFirstPasses);
        }
    }

    private IEnumerable<FirstPassStatistics> MeasureFirstPasses(TableState state) => _model.VectorColumns.Where(HasFirstPass).Select(column =>
    {
        FirstPassColumn pass = state.FindFirstPass(column.Column)!;
        bool isMade = pass.IsMade;
        return new FirstPassStatistics
        {
            Property = column.StorageName,
            Kind = column.MultiVectors.FirstPass,
            IsMade = isMade,
            Reason = isMade ? null : _firstPasses?.Fault ?? "being made",
            Bytes = pass.Bytes,
        };
    });
}
