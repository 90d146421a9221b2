namespace LocalRetrieval.VectorData;

/// <summary>A file of a collection, as <see cref="LocalVectorStore.VerifyAsync"/> found it.</summary>
public sealed record VerifiedFile
{
    /// <summary>The file's name in the store's folder.</summary>
    public required string Name { get; init; }

    /// <summary>How many bytes it has, as far as it was written when it was looked at.</summary>
    public long Bytes { get; init; }

    /// <summary>How many of its frames are whole, up to the first that is not.</summary>
    public long Frames { get; init; }

    /// <summary>How many rows these have: of a record one each time that it was written, those that were replaced or deleted later included.</summary>
    public long Rows { get; init; }

    /// <summary>How many bytes at the end were on their way to the disk when a process ended, and never got there whole: opening the collection puts them aside. They are no damage.</summary>
    public long TornBytes { get; init; }

    /// <summary>What is damaged, in words; null where nothing is.</summary>
    public string? Damage { get; init; }
}
