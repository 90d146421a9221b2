using System.Runtime.InteropServices;

namespace LocalRetrieval.Onnx.Inference.Memory;

/// <summary>The heap of the C library, which an arena's memory comes from and returns to.</summary>
internal static partial class NativeHeap
{
    /// <summary>Gives what is free in it back to the system: glibc keeps blocks of up to 32 MB once it has seen such freed.</summary>
    public static void Trim()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = TrimHeap(pad: 0);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // Other C libraries give back by themselves.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimHeap(nuint pad);
}
