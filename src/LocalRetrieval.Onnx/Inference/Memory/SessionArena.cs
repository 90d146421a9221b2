using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Onnx.Inference.Memory;

/// <summary>The arena that a session takes the tensors of its runs from.</summary>
/// <remarks>Safe for concurrent use. Disposed before its session.</remarks>
internal sealed class SessionArena(InferenceSession session) : IDisposable
{
    private readonly Lock _lock = new();
    private OrtAllocator? _allocator = new(session, OrtMemoryInfo.DefaultInstance);

    /// <summary>The arena of a session that was just made, and is disposed of where that fails.</summary>
    public static SessionArena OfNew(InferenceSession session)
    {
        try
        {
            return new SessionArena(session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>What it holds at the moment; null where the native library does not tell, or once disposed.</summary>
    public ArenaStatistics? Read()
    {
        lock (_lock)
        {
            return _allocator is null || NativeStatistics.Read(_allocator) is not { } all || Value(all, "InUse") is not { } used
                || Value(all, "MaxInUse") is not { } peak || Value(all, "TotalAllocated") is not { } reserved ? null : new ArenaStatistics(used, peak, reserved);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _allocator?.Dispose();
            _allocator = null;
        }
    }

    private static long? Value(Dictionary<string, string> all, string name) =>
        all.TryGetValue(name, out string? text) && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long value) ? value : null;
}
