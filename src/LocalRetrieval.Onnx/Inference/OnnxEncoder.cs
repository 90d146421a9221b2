using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using LocalRetrieval.Onnx.Graphs;
using LocalRetrieval.Onnx.Inference.Inputs;
using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Onnx.Inference;

/// <summary>An ONNX Runtime session over one graph, fed by the names that the graph asks for.</summary>
/// <remarks>Safe for concurrent runs; <see cref="Dispose"/> waits for those under way.</remarks>
internal sealed class OnnxEncoder : IDisposable
{
    /// <summary>The execution provider: the only one that sessions are made with.</summary>
    public const string Provider = "CPUExecutionProvider";

    // The output of a run is copied nowhere, but ONNX Runtime holds it whole.
    private const int MaxOutputBytes = 128 << 20;

    private readonly ReaderWriterLockSlim _lifetime = new();
    private readonly InferenceSession _session;
    private readonly IGraphInput[] _inputs;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly GraphOutput _output;
    private bool _disposed;

    private OnnxEncoder(InferenceSession session, string graphPath, OnnxEncoderSettings settings)
    {
        _session = session;
        GraphPath = graphPath;
        _inputs = GraphInputs.Read(session, graphPath, settings);
        _inputNames = Array.ConvertAll(_inputs, input => input.Name);
        _output = GraphOutput.Find(session, graphPath, settings.Outputs) ?? throw settings.MissingOutput ?? GraphOutput.Missing(session, graphPath, settings.Outputs);
        _outputNames = [_output.Name];
        OutputWidth = _output.Width ?? MeasureWidth(settings.PadTokenId);
        GraphLimits.Check(graphPath, settings, (id, typeId, position) =>
            Feed(GraphInputs.Read(session, graphPath, settings with { FirstPosition = position }), OneToken(id, typeId), CancellationToken.None).Dispose());
    }

    /// <summary>The graph's file.</summary>
    public string GraphPath { get; }

    /// <summary>What the output means.</summary>
    public OutputKind OutputKind => _output.Kind;

    /// <summary>Whether the model computes in float16, by its output or by the name that exporters give its file.</summary>
    public bool IsHalf => _output.IsHalf || Path.GetFileName(GraphPath).Contains("fp16", StringComparison.OrdinalIgnoreCase);

    /// <summary>The last dimension of the output.</summary>
    public int OutputWidth { get; }

    /// <summary>The most padded tokens of a run of several texts, so that its output stays small; logits over a vocabulary are wide.</summary>
    public int MaxBatchTokens => _output.IsByToken ? Math.Max(1, MaxOutputBytes / sizeof(float) / OutputWidth) : int.MaxValue;

    /// <param name="graphPath">The graph's file.</param>
    /// <param name="settings">What else there is to know.</param>
    /// <exception cref="InvalidDataException">The file is not a graph that this encoder can run.</exception>
    public static OnnxEncoder Load(string graphPath, OnnxEncoderSettings settings)
    {
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
            return new OnnxEncoder(session, graphPath, settings);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs the texts of one batch, padded to the longest of them.</summary>
    /// <typeparam name="TState">The reader's state.</typeparam>
    /// <param name="texts">All texts.</param>
    /// <param name="batch">The indices of those to run.</param>
    /// <param name="state">Handed to <paramref name="read"/>.</param>
    /// <param name="read">Reads the output, which is gone when it returns: [texts, tokens, width] or [texts, width], and its number of padded tokens.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ObjectDisposedException">The encoder was disposed.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public void Run<TState>(TokenizedText[] texts, int[] batch, TState state, OutputReader<TState> read, CancellationToken cancellationToken)
    {
        _lifetime.EnterReadLock();
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            TokenBatch tokens = TokenBatch.Of(texts, batch);
            using IDisposableReadOnlyCollection<OrtValue> outputs = Feed(_inputs, tokens, cancellationToken);
            CheckShape(outputs[0], tokens);
            Read(outputs[0], tokens, state, read);
        }
        finally
        {
            _lifetime.ExitReadLock();
        }
    }

    /// <summary>Runs batch after batch; see <see cref="Run"/>.</summary>
    public void RunAll<TState>(TokenizedText[] texts, List<int[]> batches, TState state, OutputReader<TState> read, CancellationToken cancellationToken)
    {
        foreach (int[] batch in batches)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Run(texts, batch, state, read, cancellationToken);
        }
    }

    public void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), this);

    public void Dispose()
    {
        _lifetime.EnterWriteLock();
        try
        {
            if (!_disposed)
            {
                _disposed = true;
                _session.Dispose();
            }
        }
        finally
        {
            _lifetime.ExitWriteLock();
        }
    }

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
        long[] expected = _output.IsByToken ? [batch.Rows.Length, batch.Tokens, OutputWidth] : [batch.Rows.Length, OutputWidth];
        long[] actual = output.GetTensorTypeAndShape().Shape;
        if (!actual.AsSpan().SequenceEqual(expected))
        {
            throw new InvalidDataException($"{GraphPath} gave '{_output.Name}' as [{string.Join(", ", actual)}], expected [{string.Join(", ", expected)}].");
        }
    }

    private void Read<TState>(OrtValue output, TokenBatch batch, TState state, OutputReader<TState> read)
    {
        if (!_output.IsHalf)
        {
            read(state, batch.Rows, output.GetTensorDataAsSpan<float>(), batch.Tokens);
            return;
        }

        ReadOnlySpan<Half> half = MemoryMarshal.Cast<Float16, Half>(output.GetTensorDataAsSpan<Float16>());
        float[] single = ArrayPool<float>.Shared.Rent(half.Length);
        try
        {
            TensorPrimitives.ConvertToSingle(half, single);
            read(state, batch.Rows, single.AsSpan(0, half.Length), batch.Tokens);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(single);
        }
    }
}
