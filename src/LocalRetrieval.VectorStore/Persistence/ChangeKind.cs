namespace LocalRetrieval.VectorData.Persistence;

/// <summary>What a frame of a collection's log holds: its first byte.</summary>
internal enum ChangeKind : byte
{
    /// <summary>The collection's name and what it stores. The first frame of a log, and no other.</summary>
    Schema = 1,

    /// <summary>Records that are added or replaced.</summary>
    Upsert = 2,

    /// <summary>Keys whose records are deleted.</summary>
    Delete = 3,

    /// <summary>What fills the vectors, by column.</summary>
    Encoders = 4,
}
