namespace LocalRetrieval.Onnx.Inference.Memory;

/// <summary>What the arena of a session holds, in bytes.</summary>
/// <param name="Used">What weights and the tensors of runs under way take.</param>
/// <param name="PeakUsed">The most that <paramref name="Used"/> was since the session was made.</param>
/// <param name="Reserved">What the arena has from the system.</param>
internal readonly record struct ArenaStatistics(long Used, long PeakUsed, long Reserved)
{
    /// <summary>What is kept for runs to come.</summary>
    public long Unused => Reserved - Used;
}
