using System.Buffers;
using LocalRetrieval.Onnx.Batching;
using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Onnx.Inference;

/// <summary>An ONNX Runtime session over one graph, fed by the names that the graph asks for.</summary>
/// <remarks>Safe for concurrent runs; <see cref="Dispose"/> waits for those under way.</remarks>
internal sealed class OnnxEncoder : IDisposable
{
    private readonly ReaderWriterLockSlim _lifetime = new();
    private readonly InferenceSession _session;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly string _graphPath;
    private readonly long _padTokenId;
    private readonly int _outputRank;
    private bool _disposed;

    private OnnxEncoder(InferenceSession session, string graphPath, int outputRank, int? outputWidth, long padTokenId)
    {
        _session = session;
        _graphPath = graphPath;
        _inputNames = GraphSignature.Inputs(session, graphPath);
        (string output, int? declared) = GraphSignature.Output(session, graphPath, outputRank);
        _outputNames = [output];
        OutputWidth = declared ?? outputWidth ?? throw new InvalidDataException($"{graphPath} leaves the width of its output '{output}' open, and config.json has no hidden_size.");
        _outputRank = outputRank;
        _padTokenId = padTokenId;
    }

    /// <summary>The last dimension of the output: what the graph declares, or what was given for a graph that leaves it open.</summary>
    public int OutputWidth { get; }

    /// <param name="graphPath">The graph's file.</param>
    /// <param name="outputRank">3 for hidden states [batch, tokens, hidden], 2 for logits [batch, labels].</param>
    /// <param name="outputWidth">The last dimension of the output, for a graph that leaves it open.</param>
    /// <param name="padTokenId">What fills input_ids up.</param>
    /// <param name="threads">The threads of a run; null for the processors that this process may use.</param>
    /// <exception cref="InvalidDataException">The file is not a graph that this encoder can run.</exception>
    public static OnnxEncoder Load(string graphPath, int outputRank, int? outputWidth, long padTokenId, int? threads)
    {
        using SessionOptions options = new()
        {
            IntraOpNumThreads = threads ?? Environment.ProcessorCount,
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
            throw new InvalidDataException($"{graphPath} cannot be loaded as an ONNX model; it may be truncated or of another format. ONNX Runtime says: {exception.Message}", exception);
        }

        try
        {
            return new OnnxEncoder(session, graphPath, outputRank, outputWidth, padTokenId);
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
    /// <param name="read">Reads the output, which is gone when it returns: [texts, tokens, hidden] or [texts, logits], and its number of padded tokens.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ObjectDisposedException">The encoder was disposed.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public void Run<TState>(TokenizedText[] texts, int[] batch, TState state, OutputReader<TState> read, CancellationToken cancellationToken)
    {
        _lifetime.EnterReadLock();
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            RunLocked(texts, batch, state, read, cancellationToken);
        }
        finally
        {
            _lifetime.ExitReadLock();
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

    private void RunLocked<TState>(TokenizedText[] texts, int[] batch, TState state, OutputReader<TState> read, CancellationToken cancellationToken)
    {
        int tokens = 0;
        foreach (int index in batch)
        {
            tokens = Math.Max(tokens, texts[index].Ids.Length);
        }

        long[][] buffers = new long[_inputNames.Length][];
        OrtValue[] inputs = new OrtValue[_inputNames.Length];
        try
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                buffers[i] = ArrayPool<long>.Shared.Rent(batch.Length * tokens);
                Memory<long> filled = buffers[i].AsMemory(0, batch.Length * tokens);
                BatchTensors.Fill(_inputNames[i], texts, batch, tokens, _padTokenId, filled.Span);
                inputs[i] = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, filled, [batch.Length, tokens]);
            }

            using IDisposableReadOnlyCollection<OrtValue> outputs = Run(inputs, cancellationToken);
            CheckShape(outputs[0], batch.Length, tokens);
            read(state, batch, outputs[0].GetTensorDataAsSpan<float>(), tokens);
        }
        finally
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                inputs[i]?.Dispose();
                if (buffers[i] is { } buffer)
                {
                    ArrayPool<long>.Shared.Return(buffer);
                }
            }
        }
    }

    // A graph that leaves dimensions open may give another shape than its rank promises; read as expected, it would give wrong numbers.
    private void CheckShape(OrtValue output, int texts, int tokens)
    {
        long[] expected = _outputRank == 3 ? [texts, tokens, OutputWidth] : [texts, OutputWidth];
        long[] actual = output.GetTensorTypeAndShape().Shape;
        if (!actual.AsSpan().SequenceEqual(expected))
        {
            throw new InvalidDataException($"{_graphPath} gave '{_outputNames[0]}' as [{string.Join(", ", actual)}], expected [{string.Join(", ", expected)}].");
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
}
