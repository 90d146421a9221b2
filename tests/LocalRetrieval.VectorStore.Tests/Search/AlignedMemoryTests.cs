using System.Runtime.InteropServices;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Tests.Search;

public sealed class AlignedMemoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(385)]
    [InlineData(100_000)]
    public void Allocate_AnyLength_BeginsAtACacheLine(int length)
    {
        AssertAligned(AlignedMemory.Allocate<float>(length), length);
        AssertAligned(AlignedMemory.Allocate<Half>(length), length);
    }

    private static void AssertAligned<T>(Memory<T> memory, int length)
        where T : unmanaged
    {
        Assert.Equal(length, memory.Length);
        Assert.True(memory.Span.SequenceEqual(new T[length]));
        Assert.True(MemoryMarshal.TryGetArray(memory, out ArraySegment<T> segment));
        Assert.Equal(0, Marshal.UnsafeAddrOfPinnedArrayElement(segment.Array!, segment.Offset) % 64);
    }
}
