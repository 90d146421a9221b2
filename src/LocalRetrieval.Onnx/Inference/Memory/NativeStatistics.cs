using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Onnx.Inference.Memory;

/// <summary>Asks ONNX Runtime's C interface for what its .NET binding does not: an allocator's statistics.</summary>
/// <remarks>The table of functions that the library gives for a version of its interface stays as it is in all later ones.</remarks>
internal static unsafe partial class NativeStatistics
{
    // The first version that has AllocatorGetStats.
    private const uint ApiVersion = 23;

    private const int ReleaseStatus = 93;
    private const int GetKeyValuePairs = 298;
    private const int ReleaseKeyValuePairs = 300;
    private const int AllocatorGetStats = 319;

    private static readonly Lazy<nint> Functions = new(FindFunctions);

    /// <summary>The statistics of an allocator by their names; null where there are none.</summary>
    public static Dictionary<string, string>? Read(OrtAllocator allocator)
    {
        nint* functions = (nint*)Functions.Value;
        if (functions is null)
        {
            return null;
        }

        nint pairs;
        nint status = ((delegate* unmanaged<nint, nint*, nint>)functions[AllocatorGetStats])(allocator.DangerousGetHandle(), &pairs);
        if (status != 0)
        {
            ((delegate* unmanaged<nint, void>)functions[ReleaseStatus])(status);
            return null;
        }

        Dictionary<string, string> read = Read(functions, pairs);
        ((delegate* unmanaged<nint, void>)functions[ReleaseKeyValuePairs])(pairs);
        GC.KeepAlive(allocator);
        return read;
    }

    private static Dictionary<string, string> Read(nint* functions, nint pairs)
    {
        nint* keys;
        nint* values;
        nuint count;
        ((delegate* unmanaged<nint, nint**, nint**, nuint*, void>)functions[GetKeyValuePairs])(pairs, &keys, &values, &count);
        Dictionary<string, string> read = new(StringComparer.Ordinal);
        for (nuint i = 0; i < count; i++)
        {
            read[Marshal.PtrToStringUTF8(keys[i]) ?? ""] = Marshal.PtrToStringUTF8(values[i]) ?? "";
        }

        return read;
    }

    // 0 where the library is older, or is no file of its own.
    private static nint FindFunctions()
    {
        try
        {
            nint* entry = OrtGetApiBase();
            string? version = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)entry[1])());
            // Another copy than the binding's would not know the binding's allocators.
            return version == OrtEnv.Instance().GetVersionString() ? ((delegate* unmanaged<uint, nint>)entry[0])(ApiVersion) : 0;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return 0;
        }
    }

    [LibraryImport("onnxruntime")]
    private static partial nint* OrtGetApiBase();
}
