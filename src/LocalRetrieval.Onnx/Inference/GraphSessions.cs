using System.Diagnostics;
using LocalRetrieval.Onnx.Inference.Memory;
using LocalRetrieval.Onnx.Inference.Providers;
using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Onnx.Inference;

/// <summary>The sessions of a graph: one of few threads, of which several runs go at once, and where it is worth its memory one of all, for a run that is alone.</summary>
/// <remarks>Safe for concurrent runs; only one at a time is alone.</remarks>
internal sealed class GraphSessions : IDisposable
{
    private readonly Lock _lock = new();
    private readonly string _graphPath;
    private readonly LoneTrial? _trial;
    private InferenceSession? _lone;
    private SessionArena? _loneArena;
    private Task _making = Task.CompletedTask;
    private bool _isDisposed;

    private GraphSessions(string graphPath, ProviderSession shared, int threads, LoneTrial? trial)
    {
        _graphPath = graphPath;
        _trial = trial;
        Shared = shared.Session;
        Providers = shared;
        Arena = new SessionArena(Shared);
        Threads = threads;
    }

    /// <summary>The session that runs share.</summary>
    public InferenceSession Shared { get; }

    /// <summary>What runs <see cref="Shared"/>.</summary>
    public ProviderSession Providers { get; }

    /// <summary>The arena of <see cref="Shared"/>.</summary>
    public SessionArena Arena { get; }

    /// <summary>What the sessions keep of memory for runs to come, in bytes; null where the native library does not tell.</summary>
    public long? UnusedBytes => Arena.Read()?.Unused + (Volatile.Read(ref _loneArena)?.Read()?.Unused ?? 0);

    /// <summary>The threads of a run of <see cref="Shared"/>.</summary>
    public int Threads { get; }

    /// <summary>The threads of a run that is alone.</summary>
    public int LoneThreads => Volatile.Read(ref _lone) is null ? Threads : Environment.ProcessorCount;

    /// <summary>What the session for a run that is alone added to the process's memory when it was made, in bytes; 0 without one.</summary>
    public long LoneBytes { get; private set; }

    /// <summary>How much faster a run that is alone was with a session of its own, as a ratio of times; null while that is not known.</summary>
    public double? LoneGain => _trial?.Gain;

    /// <summary>Whether a run that is alone is, or may be, faster.</summary>
    public bool IsFasterAlone => _trial is { IsComparing: true } || (_trial is null or { IsOver: true } && Volatile.Read(ref _lone) is not null);

    /// <summary>Whether the texts that come alone are counted, until a session of their own is worth finding out about.</summary>
    public bool CountsLoneRows => _trial is { IsCounting: true };

    /// <summary>Makes the sessions that the settings ask for.</summary>
    /// <exception cref="InvalidDataException">The file is not a graph.</exception>
    /// <exception cref="NotSupportedException">An execution provider that was asked for by name cannot be used.</exception>
    public static GraphSessions Load(string graphPath, OnnxBackendSettings settings)
    {
        int threads = settings.Threads ?? 1;
        ProviderSession shared = ProviderSession.Load(graphPath, threads, settings);
        GraphSessions? sessions = null;
        try
        {
            // Other processors have threads of their own.
            bool mayHaveLone = shared.IsCpuAlone && settings.Threads is null && settings.Execution != ExecutionMode.Throughput && Environment.ProcessorCount > 1;
            sessions = new GraphSessions(graphPath, shared, threads, mayHaveLone && settings.Execution == ExecutionMode.Auto ? new LoneTrial() : null);
            if (mayHaveLone && settings.Execution == ExecutionMode.Latency)
            {
                sessions.MakeLone();
            }

            return sessions;
        }
        catch
        {
            (sessions ?? (IDisposable)shared).Dispose();
            throw;
        }
    }

    /// <summary>Runs something with the session that fits.</summary>
    /// <param name="isAlone">Whether no other run is under way.</param>
    /// <param name="cost">What the run costs, in tokens.</param>
    /// <param name="run">The run.</param>
    public T Run<T>(bool isAlone, long cost, Func<InferenceSession, T> run)
    {
        if (!isAlone || _trial is not { IsOver: false } trial)
        {
            return isAlone && Volatile.Read(ref _lone) is { } lone ? run(lone) : Providers.Run(run);
        }

        bool isLone = Volatile.Read(ref _lone) is not null && trial.IsLonesTurn;
        long started = Stopwatch.GetTimestamp();
        T result = run(isLone ? _lone! : Shared);
        trial.Add(isLone, cost, Stopwatch.GetElapsedTime(started));
        GoOn(trial);
        return result;
    }

    /// <summary>Runs something with each session, other runs beside it, and disposes of what it gives.</summary>
    public void Each<T>(Func<InferenceSession, T> run)
        where T : IDisposable
    {
        Providers.Run(run).Dispose();
        lock (_lock)
        {
            if (_lone is { } lone)
            {
                run(lone).Dispose();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
        }

        // A process that ends in the middle of native code may crash.
        _making.Wait();
        DropLone();
        Arena.Dispose();
        Providers.Dispose();
    }

    // Made beside other work, since it takes as long as loading.
    private void GoOn(LoneTrial trial)
    {
        if (trial.TryBegin())
        {
            // What the caller's context holds would be kept.
            using AsyncFlowControl noFlow = ExecutionContext.SuppressFlow();
            _making = Task.Run(TryMakeLone);
        }
        else if (trial.IsOver && !trial.IsWorthIt)
        {
            DropLone();
        }
    }

    // Without it all goes on as before.
    private void TryMakeLone()
    {
        try
        {
            ExitGuard.Run(MakeLone);
            _trial!.Compare();
        }
        catch (Exception)
        {
            _trial!.GiveUp();
        }
    }

    private void MakeLone()
    {
        long before = Environment.WorkingSet;
        InferenceSession lone = SessionLoader.Load(_graphPath, Environment.ProcessorCount);
        lock (_lock)
        {
            if (_isDisposed)
            {
                lone.Dispose();
                return;
            }

            _loneArena = SessionArena.OfNew(lone);
            LoneBytes = Math.Max(0, Environment.WorkingSet - before);
            Volatile.Write(ref _lone, lone);
        }
    }

    private void DropLone()
    {
        lock (_lock)
        {
            _loneArena?.Dispose();
            _lone?.Dispose();
            Volatile.Write(ref _lone, null);
            _loneArena = null;
            LoneBytes = 0;
        }
    }
}
