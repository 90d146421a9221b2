namespace LocalRetrieval.VectorData.Log;

/// <summary>Is given the frames of a log, in their order.</summary>
/// <param name="generation">The frame's generation.</param>
/// <param name="payload">What the frame holds; valid until the handler returns.</param>
internal delegate void FrameHandler(long generation, ReadOnlySpan<byte> payload);
