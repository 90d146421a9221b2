using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace LocalRetrieval.VectorData.Search;

/// <summary>Brings memory into the cache before it is read, where the processor has an instruction for it that .NET gives.</summary>
internal static unsafe class CacheLine
{
    public static nint AddressOf(ref float value) => (nint)Unsafe.AsPointer(ref value);

    public static ref float At(nint address) => ref Unsafe.AsRef<float>((void*)address);

    /// <summary>Begins to load the cache line of an address, whatever is there: nothing is read that could fail.</summary>
    public static void Prefetch(nint address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0((void*)address);
        }
    }
}
