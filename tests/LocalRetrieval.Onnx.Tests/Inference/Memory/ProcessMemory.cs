using System.Globalization;
using LocalRetrieval.Onnx.Inference.Memory;

namespace LocalRetrieval.Onnx.Tests.Inference.Memory;

/// <summary>What the process has of memory that is no file's.</summary>
internal static class ProcessMemory
{
    private const string Source = "/proc/self/smaps_rollup";

    public static bool IsKnown => File.Exists(Source);

    /// <summary>Bytes, with what is garbage collected.</summary>
    public static long Read()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        string line = File.ReadLines(Source).First(line => line.StartsWith("Anonymous:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Bytes, with what is free given back to the system.</summary>
    public static long ReadTrimmed()
    {
        NativeHeap.Trim();
        return Read();
    }
}
