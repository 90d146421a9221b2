namespace LocalRetrieval.VectorData.Log;

/// <summary>How a log ends.</summary>
/// <param name="Offset">Behind the last frame that is whole, and all before it are.</param>
/// <param name="Length">The length of the file.</param>
/// <param name="Generation">The generation of that frame; null where there is none.</param>
/// <param name="LaterFrames">How many frames further behind are whole: with some, what lies between is damaged; without, it is the torn tail of a write that never ended.</param>
internal readonly record struct LogEnd(long Offset, long Length, long? Generation, int LaterFrames)
{
    /// <summary>Whether the log was cut in the middle of a frame that nobody was told is written.</summary>
    public bool IsTorn => Length > Offset && LaterFrames == 0;

    public bool IsDamaged => LaterFrames > 0;
}
