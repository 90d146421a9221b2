using System.Diagnostics;
using System.Globalization;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Snapshots;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.VectorData.Indexing.Upkeep;

/// <summary>Keeps the index of one column: begins it, adds rows, gives them other numbers, repairs it, and gives it up where it fails; a step at a time.</summary>
/// <remarks>One thread at a time works; what is told of it may be asked by any.</remarks>
/// <param name="collection">How the log names the collection.</param>
/// <param name="column">The column.</param>
/// <param name="options">From when on it has an index.</param>
/// <param name="files">Keeps what the index knows of a snapshot; null without a folder.</param>
/// <param name="logger">Told what was chosen, and what fails.</param>
internal sealed partial class ColumnUpkeep(string collection, IndexedColumn column, IndexUpkeepOptions options, IndexFiles? files, ILogger logger)
{
    /// <summary>Rows that are gone, for each that the index knows, from which on searches are to pass through them no longer.</summary>
    private const double DeadShare = 0.2;

    private const int LeastPortion = 16;
    private const int MostPortion = 1 << 16;

    /// <summary>About how long a step takes: whoever ends the work waits no longer, and searches are given way between steps.</summary>
    private static readonly TimeSpan StepTime = TimeSpan.FromMilliseconds(20);

    private readonly VectorProperty _property = column.Property;
    private int _portion = 256;
    private int _deadBefore;
    private ulong? _lookedFor;
    private ulong? _filed;
    private volatile string? _whyChosen;
    private volatile IndexFault? _fault;

    public IndexedColumn Column => column;

    /// <summary>Whether there is something to do.</summary>
    public bool IsDue(TableSnapshot snapshot)
    {
        IndexSlot slot = SlotOf(snapshot);
        return _fault is { } fault ? fault.IsOver || slot.Index is not null || slot.Inherited is not null
            : IsBehind(snapshot) || (slot.Index is { } index && IsRepairDue(snapshot, index));
    }

    /// <summary>Whether there is something to do before the index knows all rows of a snapshot, and its file those that it is to know.</summary>
    public bool IsBehind(TableSnapshot snapshot)
    {
        IndexSlot slot = SlotOf(snapshot);
        return _fault is null && (slot.Index is { } index ? index.Count < snapshot.Count || IsSaveDue(snapshot.State, index)
            : slot.Inherited is not null || (snapshot.Count >= options.LeastRows && (FindKind() is not null || IsLoadDue(snapshot.State))));
    }

    /// <summary>Whether what is to be done may take more than some steps.</summary>
    public bool IsMuchDue(TableSnapshot snapshot) => IsDue(snapshot)
        && (SlotOf(snapshot).Index is not { } index || !IsNearlyUpTo(snapshot, index) || IsSaveDue(snapshot.State, index) || IsRepairDue(snapshot, index));

    /// <summary>Does a part of what there is to do.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Work(TableSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (!IsDue(snapshot))
        {
            return false;
        }

        try
        {
            DoStep(snapshot, SlotOf(snapshot), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OutOfMemoryException exception)
        {
            // Without the index there is some.
            Pause(exception);
        }
        catch (Exception exception)
        {
            GiveUp(exception);
        }

        return true;
    }

    /// <summary>Has the column searched exactly from now on.</summary>
    public void GiveUp(Exception exception)
    {
        // A search may fail while another does, or while a step does.
        if (Interlocked.CompareExchange(ref _fault, new IndexFault($"given up, since it failed: {exception.Message}"), null) is null)
        {
            SafeLog.Try(() => LogFailure(collection, _property.Name, exception));
        }
    }

    /// <summary>Has the column searched exactly for a while.</summary>
    private void Pause(Exception exception)
    {
        string reason = string.Create(CultureInfo.InvariantCulture, $"there was no memory for it; it is tried again after {options.PauseWithoutMemory.TotalMinutes:0.##} minutes");
        if (Interlocked.CompareExchange(ref _fault, new IndexFault(reason, Environment.TickCount64 + (long)options.PauseWithoutMemory.TotalMilliseconds), null) is null)
        {
            SafeLog.Try(() => LogPause(collection, _property.Name, options.PauseWithoutMemory.TotalMinutes, exception));
        }
    }

    /// <summary>Gives the index up, and takes it away.</summary>
    public void Abandon(TableSnapshot snapshot, Exception exception)
    {
        GiveUp(exception);
        SlotOf(snapshot).Index = null;
    }

    /// <summary>Tells of the index.</summary>
    public VectorIndexStatistics Measure(TableSnapshot snapshot)
    {
        VectorIndex? index = SlotOf(snapshot).Index;
        int rows = Math.Min(index?.Count ?? 0, snapshot.Count);
        return new VectorIndexStatistics
        {
            Property = _property.StorageName,
            Kind = NameOf(_property.IndexKind),
            KindInUse = NameOf(index is null ? VectorIndexKind.Flat : FindKind() ?? VectorIndexKind.Hnsw),
            Reason = index is null ? _fault?.Reason ?? WhyNotYet(snapshot, SlotOf(snapshot)) : _whyChosen,
            Quantization = index is null ? VectorQuantization.None : _property.Index.Quantization,
            Rows = rows,
            RowsBehind = snapshot.Count - rows,
            Bytes = index?.Bytes ?? 0,
            Oversampling = index?.UsedOversampling,
            EfSearch = index?.UsedEfSearch,
            MeasuredRecall = index?.MeasuredRecall,
        };
    }

    private static string NameOf(VectorIndexKind kind) => VectorIndexSettings.NameOf(kind);

    private static int DeadIn(TableSnapshot snapshot) => Math.Max(0, snapshot.Count - snapshot.State.LiveCount);

    private IndexSlot SlotOf(TableSnapshot snapshot) => snapshot.State.FindSlot(_property.Column)!;

    /// <summary>Whether a snapshot may have a file of the index that nobody has looked for.</summary>
    private bool IsLoadDue(TableState state) => files is not null && state.Stored is { Count: > 0 } stored && _lookedFor != stored.File.Number;

    /// <summary>Whether a file of the index is to be written as soon as it knows the rows of the snapshot, and before it knows more.</summary>
    private bool IsToBeSaved(TableState state) => files is { IsWritten: true } && state.Stored is { Count: > 0 } stored && _filed != stored.File.Number;

    private bool IsSaveDue(TableState state, VectorIndex index) => IsToBeSaved(state) && index.Count == state.StoredCount;

    private bool IsRepairDue(TableSnapshot snapshot, VectorIndex index) => DeadIn(snapshot) - _deadBefore > index.Count * DeadShare;

    private bool IsNearlyUpTo(TableSnapshot snapshot, VectorIndex index) => snapshot.Count - index.Count <= Volatile.Read(ref _portion);

    /// <summary>Which index the column has, once it has one; null while exact search is quick enough for one that leaves it open.</summary>
    private VectorIndexKind? FindKind() =>
        _property.IndexKind != VectorIndexKind.Dynamic ? _property.IndexKind
        : _whyChosen is not null || column.Times.Median >= options.SlowSearch ? VectorIndexKind.Hnsw
        : null;

    private string? WhyNotYet(TableSnapshot snapshot, IndexSlot slot) =>
        slot.Inherited is not null ? "given its records' new places after a compaction"
        : snapshot.Count < options.LeastRows ? string.Create(CultureInfo.InvariantCulture, $"fewer than {options.LeastRows:N0} records")
        : FindKind() is not null ? "being built"
        : column.Times.Median is { } median ? string.Create(CultureInfo.InvariantCulture, $"exact search takes {median.TotalMilliseconds:F1} ms a query")
        : "few searches yet to measure exact search by";

    private void DoStep(TableSnapshot snapshot, IndexSlot slot, CancellationToken cancellationToken)
    {
        if (_fault is { } fault)
        {
            slot.Index = null;
            if (fault.IsOver)
            {
                // The file of the index may be there still.
                _lookedFor = null;
                _fault = null;
            }
        }
        else if (slot.Inherited is { } inherited)
        {
            int[] newRows = inherited.Complete(IsToBeSaved(snapshot.State) ? snapshot.State.StoredCount : int.MaxValue);
            slot.Index = inherited.Index.Renumber(newRows, VectorsOf(snapshot), cancellationToken);
            _deadBefore = 0;
        }
        else if (slot.Index is not { } index)
        {
            Begin(snapshot, slot, cancellationToken);
        }
        else if (IsSaveDue(snapshot.State, index))
        {
            SnapshotRows stored = snapshot.State.Stored!;
            files!.TrySave(stored, _property.Column, index, cancellationToken);
            _filed = stored.File.Number;
        }
        else if (index.Count < snapshot.Count && !(IsRepairDue(snapshot, index) && IsNearlyUpTo(snapshot, index)))
        {
            // Who never ceases to write would never have anything repaired, were rows always first.
            Add(snapshot, index, cancellationToken);
        }
        else
        {
            int dead = DeadIn(snapshot);
            index.Repair(VectorsOf(snapshot), snapshot.IsVisible, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            _deadBefore = dead;
        }
    }

    private void Begin(TableSnapshot snapshot, IndexSlot slot, CancellationToken cancellationToken)
    {
        if (IsLoadDue(snapshot.State))
        {
            Load(snapshot, slot, cancellationToken);
            return;
        }

        if (FindKind() is not { } kind)
        {
            // Searches have become quicker this moment.
            return;
        }

        if (_property.IndexKind == VectorIndexKind.Dynamic && _whyChosen is null)
        {
            double milliseconds = column.Times.Median!.Value.TotalMilliseconds;
            _whyChosen = string.Create(CultureInfo.InvariantCulture, $"exact search took {milliseconds:F1} ms a query of {snapshot.State.LiveCount:N0} records");
            SafeLog.Try(() => LogChoice(collection, _property.Name, milliseconds, snapshot.State.LiveCount));
        }

        slot.Index = options.Make(_property, kind);
        _deadBefore = 0;
        _fault = slot.Index is null ? new IndexFault("there is no such index") : null;
    }

    private void Load(TableSnapshot snapshot, IndexSlot slot, CancellationToken cancellationToken)
    {
        SnapshotRows stored = snapshot.State.Stored!;
        bool isOpen = FindKind() is null;
        VectorIndexKind kind = FindKind() ?? VectorIndexKind.Hnsw;
        VectorIndex? loaded = files!.TryLoad(stored, _property.Column, () => options.Make(_property, kind), VectorsOf(snapshot), isExpected: !isOpen, cancellationToken);
        _lookedFor = stored.File.Number;
        if (loaded is not null)
        {
            _filed = stored.File.Number;
            _whyChosen ??= isOpen ? "there was a graph when the collection was opened" : null;
            _deadBefore = 0;
            slot.Index = loaded;
        }
    }

    private void Add(TableSnapshot snapshot, VectorIndex index, CancellationToken cancellationToken)
    {
        int before = index.Count;
        int known = IsToBeSaved(snapshot.State) && before < snapshot.State.StoredCount ? snapshot.State.StoredCount : snapshot.Count;
        long started = Stopwatch.GetTimestamp();

        // No step passes a number of rows at which the index measures, so that what it chooses does not depend on how many a step takes.
        index.Add(VectorsOf(snapshot), (int)Math.Min(Math.Min(known, VectorIndex.NextMeasured(before)), (long)before + _portion), HasVector, cancellationToken);
        if (index.Count == before)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException($"The index took no row behind the first {before}.");
        }

        // A step takes at least half of the rows of the one before, and at most twice as many.
        double share = StepTime / (Stopwatch.GetElapsedTime(started) + TimeSpan.FromMicroseconds(1));
        _portion = Math.Clamp((int)(_portion * Math.Clamp(share, 0.5, 2)), LeastPortion, MostPortion);

        bool HasVector(int row) => snapshot.State.HasVector(row, _property);
    }

    private VectorBlocks VectorsOf(TableSnapshot snapshot) => snapshot.GetVectors(_property.Column);

    [LoggerMessage(LogLevel.Error, "The index of property '{Property}' of collection '{Name}' failed and was given up: all vectors are compared until the collection is opened anew.")]
    private partial void LogFailure(string name, string property, Exception exception);

    [LoggerMessage(LogLevel.Warning, "There was no memory for the index of property '{Property}' of collection '{Name}': all vectors are compared, and it is tried again after {Minutes:0.##} minutes.")]
    private partial void LogPause(string name, string property, double minutes, Exception exception);

    [LoggerMessage(LogLevel.Information, "An exact search of property '{Property}' of collection '{Name}' takes {Milliseconds:F1} ms a query of {Records} records: it gets a graph, which is built in the background.")]
    private partial void LogChoice(string name, string property, double milliseconds, int records);
}
