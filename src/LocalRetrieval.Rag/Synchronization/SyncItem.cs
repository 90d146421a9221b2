namespace LocalRetrieval.Rag;

/// <summary>A file on its way through a synchronisation.</summary>
internal sealed class SyncItem(SyncFile file, SourceRecord? old) : IndexingItem(file.Document.Source)
{
    public SyncFile File { get; } = file;

    /// <summary>What the manifest has of the source.</summary>
    public SourceRecord? Old { get; } = old;

    /// <summary>What it is to have; null where that stays.</summary>
    public SourceRecord? New { get; set; }

    /// <summary>What is gone, has the same bytes and so is its former name; null where nothing is.</summary>
    public SourceRecord? Previous { get; set; }

    /// <summary>The hash of the file's bytes, once they were looked at.</summary>
    public string? Hash { get; set; }

    /// <summary>What was found, in a sentence without its full stop.</summary>
    public string Reason { get; set; } = "";
}
