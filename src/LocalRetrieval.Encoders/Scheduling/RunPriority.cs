namespace LocalRetrieval.Encoders;

/// <summary>Who waits for a run.</summary>
internal enum RunPriority
{
    /// <summary>Somebody who asked: before <see cref="Document"/>.</summary>
    Query,

    /// <summary>Work such as indexing, which keeps a share of the time under endless queries.</summary>
    Document,
}
