namespace LocalRetrieval.Encoders;

/// <summary>Texts that wait outside an encoder's queue.</summary>
/// <param name="texts">The number of texts.</param>
/// <param name="bytes">Their bytes.</param>
internal sealed class QueueEntry(int texts, long bytes)
{
    public int Texts => texts;

    public long Bytes => bytes;

    /// <summary>Ends when they are let in, or not wanted any more.</summary>
    public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
