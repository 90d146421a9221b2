using System.Buffers;

namespace LocalRetrieval.Encoders;

/// <summary>Values in pooled memory, which holds anything until it is written.</summary>
internal sealed class PooledOutput(int length) : BatchOutput
{
    private float[] _values = ArrayPool<float>.Shared.Rent(length);

    public override ReadOnlySpan<float> Values => Writable;

    /// <summary>Where the values are to be written.</summary>
    public Span<float> Writable => _values.AsSpan(0, length);

    public override void Dispose()
    {
        float[] values = Interlocked.Exchange(ref _values, []);
        if (values.Length > 0)
        {
            ArrayPool<float>.Shared.Return(values);
        }
    }
}
