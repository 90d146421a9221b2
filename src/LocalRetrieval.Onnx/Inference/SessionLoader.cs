using LocalRetrieval.Onnx.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Onnx.Inference;

/// <summary>Makes sessions of a graph.</summary>
internal static class SessionLoader
{
    /// <param name="graphPath">The graph's file.</param>
    /// <param name="threads">The threads of a run.</param>
    /// <param name="configure">Sets what else there is to set; null for nothing.</param>
    /// <exception cref="InvalidDataException">The file is not a graph.</exception>
    public static InferenceSession Load(string graphPath, int threads, Action<SessionOptions>? configure = null)
    {
        RuntimeTelemetry.Disable();
        using SessionOptions options = new()
        {
            IntraOpNumThreads = threads,
            // Without its pattern a run's tensors lie scattered over the arena, and several runs at once slow each other down wherever others use the caches too.
            EnableMemoryPattern = true,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        // A thread that spins between runs takes the processor from other runs.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        configure?.Invoke(options);
        try
        {
            return new InferenceSession(graphPath, options);
        }
        catch (OnnxRuntimeException exception)
        {
            ExternalData.RefusePointers(graphPath);
            throw new InvalidDataException(
                $"{graphPath} cannot be loaded as an ONNX model; it may be truncated, of another format, or lack its external data. ONNX Runtime says: {exception.Message}",
                exception);
        }
    }
}
