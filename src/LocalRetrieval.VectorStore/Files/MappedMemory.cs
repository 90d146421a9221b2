using System.Buffers;

namespace LocalRetrieval.VectorData.Files;

/// <summary>Memory within <see cref="MappedBytes"/>, which it keeps alive. It does not move, and nobody writes to it.</summary>
internal sealed unsafe class MappedMemory<T>(MappedBytes bytes, T* values, int count) : MemoryManager<T>
    where T : unmanaged
{
    public override Span<T> GetSpan()
    {
        GC.KeepAlive(bytes);
        return new Span<T>(values, count);
    }

    public override MemoryHandle Pin(int elementIndex = 0) => new(values + elementIndex, pinnable: this);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
