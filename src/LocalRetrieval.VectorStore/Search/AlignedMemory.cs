using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LocalRetrieval.VectorData.Search;

/// <summary>Memory that begins at a cache line, so that no load of a row whose size is a multiple of one crosses two.</summary>
internal static class AlignedMemory
{
    private const int CacheLine = 64;

    /// <summary>Allocates zeroed memory that the garbage collector does not move.</summary>
    public static Memory<T> Allocate<T>(int length)
        where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>();
        T[] array = GC.AllocateArray<T>(length + (CacheLine / size), pinned: true);
        nuint address = (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
        int offset = (int)((CacheLine - (address % CacheLine)) % CacheLine) / size;
        return array.AsMemory(offset, length);
    }
}
