using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Persistence;

internal sealed partial class StoreDisk
{
    /// <summary>Goes on with the rebuild of a collection that did not end, where that was for the same target; or begins one.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="model">What is to be stored.</param>
    /// <param name="target">What the vectors are of; null where that is not known, so that nothing is gone on with, and nothing kept.</param>
    /// <param name="make">Makes an empty table.</param>
    public Shadow OpenShadow(string name, RecordModel model, string? target, Func<Table> make)
    {
        string prefix = StoreFileNames.Prefix(name);
        RebuildFile? left = FindShadow(prefix);
        if (left is not null && left.Target == target && new ShadowRecovery(_folder, left.Log, _logger).TryOpen(name, model, _durability, make) is { } opened)
        {
            return new Shadow(opened, left.Log, isKept: true);
        }

        Table begun = make();
        string log = BeginReplacement(name, model, begun);
        try
        {
            if (target is not null)
            {
                new RebuildFile(log, target).Write(_folder, prefix);
            }
        }
        catch
        {
            begun.Dispose();
            TryDelete(log);
            throw;
        }

        Discard(prefix, left, isNamed: target is null);
        return new Shadow(begun, log, isKept: target is not null);
    }

    /// <summary>Deletes what a rebuild left that did not end, if there is anything.</summary>
    public void DiscardShadow(string name)
    {
        string prefix = StoreFileNames.Prefix(name);
        Discard(prefix, FindShadow(prefix), isNamed: true);
    }

    /// <summary>Forgets a rebuild whose log is the collection's. Where that fails, the next opening does it.</summary>
    public void EndShadow(string name) => TryDelete(StoreFileNames.RebuildOf(StoreFileNames.Prefix(name)));

    private void Discard(string prefix, RebuildFile? left, bool isNamed)
    {
        if (left is null)
        {
            return;
        }

        if (isNamed)
        {
            TryDelete(StoreFileNames.RebuildOf(prefix));
        }

        TryDelete(left.Log);
    }

    /// <summary>What a rebuild left that did not end; null where none did.</summary>
    private RebuildFile? FindShadow(string prefix)
    {
        lock (_files)
        {
            HashSet<string> files = [.. _folder.List()];
            return files.Contains(StoreFileNames.RebuildOf(prefix)) && RebuildFile.TryRead(_folder, prefix) is { } left && files.Contains(left.Log) && left.Log != CurrentFile.TryRead(_folder, prefix)
                ? left
                : null;
        }
    }

    /// <summary>Finds at opening the log of a rebuild that did not end, and deletes what is left of one that did: the file that named its log.</summary>
    private string? KeepShadow(string prefix, HashSet<string> files)
    {
        string name = StoreFileNames.RebuildOf(prefix);
        if (files.Contains(StoreFileNames.UnfinishedOf(name)))
        {
            _folder.Delete(StoreFileNames.UnfinishedOf(name));
        }

        if (!files.Contains(name))
        {
            return null;
        }

        RebuildFile? left = FindShadow(prefix);
        if (left is null && RebuildFile.TryRead(_folder, prefix) is not null)
        {
            TryDelete(name);
        }

        return left?.Log;
    }
}
