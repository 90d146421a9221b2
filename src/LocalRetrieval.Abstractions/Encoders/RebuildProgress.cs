namespace LocalRetrieval;

/// <summary>How far a rebuild of a collection has come; see <see cref="RecordRebuild{TRecord}"/>.</summary>
public readonly record struct RebuildProgress
{
    /// <summary>The records that have their new vectors and need no more work even if the process ends, as far as the collection keeps that; those that an earlier rebuild had done included.</summary>
    public required int Done { get; init; }

    /// <summary>All records of the collection.</summary>
    public required int Total { get; init; }
}
