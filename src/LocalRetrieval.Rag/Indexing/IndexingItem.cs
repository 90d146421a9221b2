namespace LocalRetrieval.Rag;

/// <summary>A document on its way through an indexing run.</summary>
internal class IndexingItem(string source)
{
    public string Source { get; } = source;

    /// <summary>What is to be written; null where nothing is.</summary>
    public PendingDocument? Document { get; set; }

    /// <summary>Why it goes no further; null while it does.</summary>
    public Exception? Error { get; set; }

    /// <summary>What its reader warned of; empty where it was not read.</summary>
    public IReadOnlyList<DocumentWarning> Warnings { get; private set; } = [];

    /// <summary>Why it was left out, in a few words; null where it was not.</summary>
    public string? Refusal { get; set; }

    /// <summary>Why it gives no passage, in a few words; null where it gives some.</summary>
    public string? EmptyReason { get; private set; }

    /// <summary>The document, while nothing failed.</summary>
    public PendingDocument? Writable => Error is null ? Document : null;

    /// <summary>How many passages it holds.</summary>
    public int Weight => Writable is { } document ? document.ToEmbed.Count + document.Moved.Count + document.Surplus.Count : 0;

    /// <summary>Keeps what is told of a document, and not its text: a batch may be of many that give little to write.</summary>
    public void Note(CutDocument cut)
    {
        Warnings = cut.Content.Warnings;
        EmptyReason = cut.Chunks.Count > 0 ? null : cut.Content.EmptyReason ?? "nothing that can be found is in it";
    }

    /// <summary>Does a step for this document alone: its failure is the document's own, unless the whole run was ended.</summary>
    public async Task GuardAsync(Func<Task> step, CancellationToken cancellationToken)
    {
        try
        {
            await step().ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Error = exception;
        }
    }
}
