using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using LocalRetrieval.Onnx.Graphs;
using LocalRetrieval.Onnx.Inference.Inputs;
using LocalRetrieval.Onnx.Inference.Memory;
using LocalRetrieval.Onnx.Inference.Providers;
using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Onnx.Inference;

/// <summary>An ONNX Runtime session over one graph, fed by the names that the graph asks for.</summary>
internal sealed class OnnxBackend : IEncoderBackend
{
    /// <summary>The provider's name in metadata.</summary>
    public const string ProviderName = "onnxruntime";

    // The output of a run is copied nowhere, but ONNX Runtime holds it whole.
    private const int MaxOutputBytes = 128 << 20;

    private readonly GraphSessions _sessions;
    private readonly IGraphInput[] _inputs;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly GraphOutput _output;
    private readonly ArenaShrinkage _shrinkage;

    private OnnxBackend(GraphSessions sessions, string graphPath, OnnxBackendSettings settings)
    {
        _sessions = sessions;
        InferenceSession session = sessions.Shared;
        _inputs = GraphInputs.Read(session, graphPath, settings);
        _inputNames = Array.ConvertAll(_inputs, input => input.Name);
        _output = GraphOutput.Find(session, graphPath, settings.Outputs) ?? throw settings.MissingOutput ?? GraphOutput.Missing(session, graphPath, settings.Outputs);
        _outputNames = [_output.Name];
        int width = _output.Width ?? MeasureWidth(settings.PadTokenId);
        EncoderRunMemory assumed = RunBudget.Assumed(_output.IsByToken ? (long)width * sizeof(float) : 0);
        Info = new BackendInfo(ProviderName, graphPath, _output.Kind, width)
        {
            // By its output or by the name that exporters give its file.
            IsHalfPrecision = _output.IsHalf || Path.GetFileName(graphPath).Contains("fp16", StringComparison.OrdinalIgnoreCase),
            // Logits over a vocabulary are wide.
            MaxBatchTokens = _output.IsByToken ? Math.Max(1, MaxOutputBytes / sizeof(float) / width) : int.MaxValue,
            Settings = [$"{_output.Kind}", $"{settings.PadTokenId}", $"{settings.FirstPosition}", $"{settings.HasTypeIds}"],
            ThreadsPerRun = sessions.Threads,
            MaxRuns = sessions.Providers.MaxRuns,
            RunMemory = assumed,
            Files = [graphPath, .. ExternalData.Find(graphPath)],
        };
        GraphLimits.Check(graphPath, settings, (id, typeId, position) =>
            Feed(session, GraphInputs.Read(session, graphPath, settings with { FirstPosition = position }), OneToken(id, typeId), CancellationToken.None).Dispose());
        IReadOnlyList<EncoderExecutionProvider> providers = sessions.Providers.Describe();
        Info = Info with { RequestedProvider = sessions.Providers.Requested, ExecutionProvider = ProviderSession.MostNodes(providers), ExecutionProviders = providers };
        if (settings.MeasuresMemory(assumed))
        {
            Info = Info with { RunMemory = RunMemoryProbe.Measure(sessions.Arena, settings.MaxTokens, tokens => RunOnce(settings.PadTokenId, tokens)) ?? assumed };
            Shrink(settings.PadTokenId);
        }

        _shrinkage = new ArenaShrinkage(settings.Time, () => sessions.UnusedBytes, () => ExitGuard.Run(() => Shrink(settings.PadTokenId)));
    }

    /// <inheritdoc />
    public BackendInfo Info { get; }

    /// <inheritdoc />
    public bool IsFasterAlone => _sessions.IsFasterAlone;

    /// <inheritdoc />
    public bool CountsLoneRows => _sessions.CountsLoneRows;

    /// <inheritdoc />
    public EncoderExecution Describe(EncoderExecution execution) =>
        execution with { LoneThreads = _sessions.LoneThreads, LoneGain = _sessions.LoneGain, LoneBytes = _sessions.LoneBytes, RetainedBytes = _sessions.UnusedBytes };

    /// <param name="graphPath">The graph's file.</param>
    /// <param name="settings">What else there is to know.</param>
    /// <exception cref="InvalidDataException">The file is not a graph that this encoder can run.</exception>
    public static OnnxBackend Load(string graphPath, OnnxBackendSettings settings)
    {
        GraphSessions sessions = GraphSessions.Load(graphPath, settings);
        try
        {
            return new OnnxBackend(sessions, graphPath, settings);
        }
        catch
        {
            sessions.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public ValueTask<BatchOutput> RunAsync(TokenBatch batch, bool isAlone, CancellationToken cancellationToken)
    {
        long cost = BatchPlanner.Cost(batch.Rows.Length, batch.Tokens);
        IDisposableReadOnlyCollection<OrtValue> outputs = _sessions.Run(isAlone, cost, session => Feed(session, _inputs, batch, cancellationToken));
        _shrinkage.Ran(Info.RunMemory!.Predict(batch.Rows.Length, batch.Tokens));
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
    public void Dispose()
    {
        _shrinkage.Dispose();
        _sessions.Dispose();
        // glibc would keep what the sessions freed.
        NativeHeap.Trim();
    }

    private void RunOnce(int padTokenId, int tokens)
    {
        TokenizedText text = new([.. Enumerable.Repeat(padTokenId, tokens)], new int[tokens], 0);
        Feed(_sessions.Shared, _inputs, TokenBatch.Of([text], [0]), CancellationToken.None).Dispose();
    }

    // The arena is shrunk at the end of a run.
    private void Shrink(int padTokenId)
    {
        using RunOptions options = new();
        options.AddRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
        _sessions.Each(session => Feed(session, _inputs, OneToken(padTokenId, typeId: 0), options));
        NativeHeap.Trim();
    }

    // One token shows what a graph that leaves its width open gives.
    private int MeasureWidth(int padTokenId)
    {
        using IDisposableReadOnlyCollection<OrtValue> outputs = Feed(_sessions.Shared, _inputs, OneToken(padTokenId, typeId: 0), CancellationToken.None);
        return checked((int)outputs[0].GetTensorTypeAndShape().Shape[^1]);
    }

    private static TokenBatch OneToken(int id, int typeId) => TokenBatch.Of([new TokenizedText([id], [typeId], 0)], [0]);

    private IDisposableReadOnlyCollection<OrtValue> Feed(InferenceSession session, IGraphInput[] inputs, TokenBatch batch, CancellationToken cancellationToken)
    {
        using RunOptions options = new();
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static run => ((RunOptions)run!).Terminate = true, options);
        try
        {
            return Feed(session, inputs, batch, options);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private IDisposableReadOnlyCollection<OrtValue> Feed(InferenceSession session, IGraphInput[] inputs, TokenBatch batch, RunOptions options)
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

            return session.Run(options, _inputNames, values, _outputNames);
        }
        finally
        {
            foreach (FedTensor? tensor in fed)
            {
                tensor?.Dispose();
            }
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
