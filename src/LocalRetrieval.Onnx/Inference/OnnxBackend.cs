using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using LocalRetrieval.Onnx.Graphs;
using LocalRetrieval.Onnx.Inference.Inputs;
using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Onnx.Inference;

/// <summary>An ONNX Runtime session over one graph, fed by the names that the graph asks for.</summary>
internal sealed class OnnxBackend : IEncoderBackend
{
    /// <summary>The provider's name in metadata.</summary>
    public const string ProviderName = "onnxruntime";

    // The only provider that sessions are made with.
    private const string ExecutionProvider = "CPUExecutionProvider";

    // The output of a run is copied nowhere, but ONNX Runtime holds it whole.
    private const int MaxOutputBytes = 128 << 20;

    private readonly InferenceSession _session;
    private readonly IGraphInput[] _inputs;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly GraphOutput _output;

    private OnnxBackend(InferenceSession session, string graphPath, OnnxBackendSettings settings)
    {
        _session = session;
        _inputs = GraphInputs.Read(session, graphPath, settings);
        _inputNames = Array.ConvertAll(_inputs, input => input.Name);
        _output = GraphOutput.Find(session, graphPath, settings.Outputs) ?? throw settings.MissingOutput ?? GraphOutput.Missing(session, graphPath, settings.Outputs);
        _outputNames = [_output.Name];
        int width = _output.Width ?? MeasureWidth(settings.PadTokenId);
        Info = new BackendInfo(ProviderName, graphPath, _output.Kind, width)
        {
            ExecutionProvider = ExecutionProvider,
            // By its output or by the name that exporters give its file.
            IsHalfPrecision = _output.IsHalf || Path.GetFileName(graphPath).Contains("fp16", StringComparison.OrdinalIgnoreCase),
            // Logits over a vocabulary are wide.
            MaxBatchTokens = _output.IsByToken ? Math.Max(1, MaxOutputBytes / sizeof(float) / width) : int.MaxValue,
            Settings = [$"{_output.Kind}", $"{settings.PadTokenId}", $"{settings.FirstPosition}", $"{settings.HasTypeIds}"],
            Files = [graphPath, .. ExternalData.Find(graphPath)],
        };
        GraphLimits.Check(graphPath, settings, (id, typeId, position) =>
            Feed(GraphInputs.Read(session, graphPath, settings with { FirstPosition = position }), OneToken(id, typeId), CancellationToken.None).Dispose());
    }

    /// <inheritdoc />
    public BackendInfo Info { get; }

    /// <param name="graphPath">The graph's file.</param>
    /// <param name="settings">What else there is to know.</param>
    /// <exception cref="InvalidDataException">The file is not a graph that this encoder can run.</exception>
    public static OnnxBackend Load(string graphPath, OnnxBackendSettings settings)
    {
        RuntimeTelemetry.Disable();
        using SessionOptions options = new()
        {
            IntraOpNumThreads = settings.Threads ?? Environment.ProcessorCount,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        InferenceSession session;
        try
        {
            session = new InferenceSession(graphPath, options);
        }
        catch (OnnxRuntimeException exception)
        {
            ExternalData.RefusePointers(graphPath);
            throw new InvalidDataException(
                $"{graphPath} cannot be loaded as an ONNX model; it may be truncated, of another format, or lack its external data. ONNX Runtime says: {exception.Message}",
                exception);
        }

        try
        {
            return new OnnxBackend(session, graphPath, settings);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public ValueTask<BatchOutput> RunAsync(TokenBatch batch, CancellationToken cancellationToken)
    {
        IDisposableReadOnlyCollection<OrtValue> outputs = Feed(_inputs, batch, cancellationToken);
        try
        {
            CheckShape(outputs[0], batch);
        }
        catch
        {
            outputs.Dispose();
            throw;
        }

        return new ValueTask<BatchOutput>(_output.IsHalf ? Widen(outputs) : new OnnxOutput(outputs));
    }

    /// <inheritdoc />
    public void Dispose() => _session.Dispose();

    // One token shows what a graph that leaves its width open gives.
    private int MeasureWidth(int padTokenId)
    {
        using IDisposableReadOnlyCollection<OrtValue> outputs = Feed(_inputs, OneToken(padTokenId, typeId: 0), CancellationToken.None);
        return checked((int)outputs[0].GetTensorTypeAndShape().Shape[^1]);
    }

    private static TokenBatch OneToken(int id, int typeId) => TokenBatch.Of([new TokenizedText([id], [typeId], 0)], [0]);

    private IDisposableReadOnlyCollection<OrtValue> Feed(IGraphInput[] inputs, TokenBatch batch, CancellationToken cancellationToken)
    {
        FedTensor?[] fed = new FedTensor?[inputs.Length];
        try
        {
            OrtValue[] values = new OrtValue[fed.Length];
            for (int i = 0; i < fed.Length; i++)
            {
                fed[i] = inputs[i].Feed(batch);
                values[i] = fed[i]!.Value;
            }

            return Run(values, cancellationToken);
        }
        finally
        {
            foreach (FedTensor? tensor in fed)
            {
                tensor?.Dispose();
            }
        }
    }

    private IDisposableReadOnlyCollection<OrtValue> Run(OrtValue[] inputs, CancellationToken cancellationToken)
    {
        using RunOptions options = new();
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static run => ((RunOptions)run!).Terminate = true, options);
        try
        {
            return _session.Run(options, _inputNames, inputs, _outputNames);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    // A graph that leaves dimensions open may give another shape than its rank promises; read as expected, it would give wrong numbers.
    private void CheckShape(OrtValue output, TokenBatch batch)
    {
        long[] expected = _output.IsByToken ? [batch.Rows.Length, batch.Tokens, Info.OutputWidth] : [batch.Rows.Length, Info.OutputWidth];
        long[] actual = output.GetTensorTypeAndShape().Shape;
        if (!actual.AsSpan().SequenceEqual(expected))
        {
            throw new InvalidDataException($"{Info.Location} gave '{_output.Name}' as [{string.Join(", ", actual)}], expected [{string.Join(", ", expected)}].");
        }
    }

    private static PooledOutput Widen(IDisposableReadOnlyCollection<OrtValue> outputs)
    {
        using (outputs)
        {
            ReadOnlySpan<Half> half = MemoryMarshal.Cast<Float16, Half>(outputs[0].GetTensorDataAsSpan<Float16>());
            PooledOutput output = new(half.Length);
            TensorPrimitives.ConvertToSingle(half, output.Writable);
            return output;
        }
    }
}
