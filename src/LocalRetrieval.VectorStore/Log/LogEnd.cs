namespace LocalRetrieval.VectorData.Log;

/// <summary>How a log ends.</summary>
/// <param name="Offset">Behind the last frame that is whole, and all before it are.</param>
/// <param name="Length">The length of the file.</param>
/// <param name="Generation">The generation of that frame; null where there is none.</param>
/// <param name="LaterFrames">How many frames further behind are whole.</param>
/// <param name="IsDamaged">Whether one of those was appended when what is missing had been flushed.</param>
internal readonly record struct LogEnd(long Offset, long Length, long? Generation, int LaterFrames, bool IsDamaged)
{
    /// <summary>Whether what is behind the last whole frame was on its way to the disk, and nobody was told that it had arrived.</summary>
    public bool IsTorn => Length > Offset && !IsDamaged;
}
