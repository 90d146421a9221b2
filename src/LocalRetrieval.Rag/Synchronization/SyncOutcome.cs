namespace LocalRetrieval.Rag;

/// <summary>What a synchronisation found of a source.</summary>
public enum SyncOutcome
{
    /// <summary>The scope did not have it; its passages were written.</summary>
    New,

    /// <summary>Its bytes, its reader, the options or the encoder are others; its passages were brought up to date.</summary>
    Changed,

    /// <summary>It is as it was.</summary>
    Unchanged,

    /// <summary>It has the bytes of a source that is gone, whose vectors were moved to it.</summary>
    Renamed,

    /// <summary>It is no longer in the folder; its passages were deleted, or kept where the options say so.</summary>
    Vanished,

    /// <summary>Nothing reads what it is, and it was left out; what the collection held of it is still there.</summary>
    Skipped,

    /// <summary>It could not be brought up to date; what the collection held of it is still there.</summary>
    Failed,
}
