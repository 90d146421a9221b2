namespace LocalRetrieval.Encoders;

/// <summary>The values that a run gave; gone once disposed.</summary>
internal abstract class BatchOutput : IDisposable
{
    /// <summary>[rows, padded tokens, width], or [rows, width] of an output that has one vector a row.</summary>
    public abstract ReadOnlySpan<float> Values { get; }

    /// <inheritdoc />
    public abstract void Dispose();
}
