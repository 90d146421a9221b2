using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Collections;

internal sealed partial class StoreCatalog
{
    // Those under way, by collection.
    private readonly Dictionary<string, Shadow> _shadows = new(StringComparer.Ordinal);

    /// <summary>Begins a table that is to take another's place. Where there is a folder, and a rebuild for the same target did not end, it has what that made, and goes on with it.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="table">The table that is there.</param>
    /// <param name="model">What the other one stores.</param>
    /// <param name="target">What its vectors are of; null where that is not known.</param>
    /// <returns>What <see cref="EndRebuild"/> takes, whatever becomes of it.</returns>
    /// <exception cref="InvalidOperationException">Something else has the table's place, or a rebuild of the collection is under way.</exception>
    public Shadow BeginRebuild(string name, Table table, RecordModel model, string? target)
    {
        lock (_changing)
        {
            Disk()?.ThrowIfReadOnly();
            if (_tables.GetValueOrDefault(name) != table)
            {
                throw Changed(name);
            }

            if (_shadows.ContainsKey(name))
            {
                throw new InvalidOperationException($"The vectors of collection '{name}' are being made anew already. Nothing was changed: wait until that has ended.");
            }

            Shadow shadow = Disk()?.OpenShadow(name, model, target, () => table.WithoutRows(model)) ?? new Shadow(table.WithoutRows(model));

            // Its indexes are made beside its vectors, and are there when it takes the place.
            Indexed(name, shadow.Table);
            _shadows.Add(name, shadow);
            return shadow;
        }
    }

    /// <summary>Ends a rebuild: what did not take the place is closed, and stays in the folder where it can be gone on with.</summary>
    public void EndRebuild(string name, Shadow shadow)
    {
        lock (_changing)
        {
            _shadows.Remove(name);
            if (shadow.IsTaken)
            {
                return;
            }

            shadow.Table.Dispose();

            // A folder that was closed is somebody else's.
            if (shadow is { Log: { } log, IsKept: false } && !_isClosed)
            {
                _disk!.TryDelete(log);
            }
        }
    }

    /// <summary>Gives up what a rebuild left that did not end, unless one is under way, or the folder is read alone.</summary>
    public void DiscardRebuild(string name)
    {
        lock (_changing)
        {
            if (!IsReadOnly && !_shadows.ContainsKey(name))
            {
                Disk()?.DiscardShadow(name);
            }
        }
    }

    /// <summary>Puts a table in the place of another, which is closed; false where something else has its place.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="table">The table that is there.</param>
    /// <param name="shadow">The table that takes its place.</param>
    /// <param name="model">What that stores.</param>
    public bool TryReplace(string name, Table table, Shadow shadow, RecordModel model)
    {
        lock (_changing)
        {
            if (_tables.GetValueOrDefault(name) != table)
            {
                return false;
            }

            if (shadow.Log is { } log)
            {
                ReplaceOnDisk(name, table, shadow, log);
                _disk!.CompactInBackground(name, model, shadow.Table);
            }

            _tables[name] = shadow.Table;
            table.StopIndexing();
            shadow.IsTaken = true;
            return true;
        }
    }

    /// <summary>Says that something else came to be in a collection than a rebuild began with.</summary>
    public static InvalidOperationException Changed(string name) => new(
        $"Collection '{name}' was changed while its vectors were made anew, and is as these changes left it. Rebuild it again while nothing writes to it.");

    private void ReplaceOnDisk(string name, Table table, Shadow shadow, string log)
    {
        try
        {
            table.Dispose();
            shadow.Table.FlushLog();
            _disk!.Replace(name, log, () => shadow.Log = null);
        }
        catch
        {
            // Both are closed; whoever asks for the collection next gets from the disk which of them that has.
            _tables.TryRemove(name, out _);
            shadow.Table.Dispose();
            throw;
        }

        _disk.EndShadow(name);
    }
}
