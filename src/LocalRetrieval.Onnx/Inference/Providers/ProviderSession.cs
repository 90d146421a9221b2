using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Onnx.Inference.Providers;

/// <summary>A session with what runs it: the execution providers that were asked for, those that were refused, and the nodes that each took.</summary>
internal sealed partial class ProviderSession : IDisposable
{
    private readonly string _graphPath;
    private readonly ILogger _logger;
    private readonly IReadOnlyList<string> _used;
    private readonly IReadOnlyList<EncoderExecutionProvider> _refused;
    private readonly Lock? _single;
    private bool _isRecorded;

    private ProviderSession(InferenceSession session, string graphPath, OnnxBackendSettings settings, IReadOnlyList<string> used, IReadOnlyList<EncoderExecutionProvider> refused)
    {
        Session = session;
        _graphPath = graphPath;
        _logger = settings.Logger;
        _used = used;
        _single = MaxRuns == 1 ? new Lock() : null;
        _refused = refused;
        _isRecorded = settings.ExecutionProviders is not null;
        Requested = settings.ExecutionProviders is not { } asked ? ProviderNames.Cpu
            : asked[0].IsAuto ? ExecutionProvider.Auto.Name : string.Join(", ", used);
    }

    public InferenceSession Session { get; }

    /// <summary>Runs something with the session; one at a time where a provider does not allow more.</summary>
    public T Run<T>(Func<InferenceSession, T> run)
    {
        if (_single is null)
        {
            return run(Session);
        }

        lock (_single)
        {
            return run(Session);
        }
    }

    /// <summary>What was asked for.</summary>
    public string Requested { get; }

    /// <summary>How many runs may go at once.</summary>
    public int MaxRuns => ProviderNames.MaxRuns(_used);

    /// <summary>Whether nothing but the processor is used.</summary>
    public bool IsCpuAlone => _used is [ProviderNames.Cpu];

    /// <summary>Makes a session with what the settings ask for.</summary>
    /// <exception cref="InvalidDataException">The file is not a graph.</exception>
    /// <exception cref="NotSupportedException">A provider that was asked for by name cannot be used.</exception>
    public static ProviderSession Load(string graphPath, int threads, OnnxBackendSettings settings)
    {
        if (settings.ExecutionProviders is not { } asked)
        {
            return new ProviderSession(SessionLoader.Load(graphPath, threads), graphPath, settings, [ProviderNames.Cpu], []);
        }

        return asked[0].IsAuto ? LoadBest(graphPath, threads, settings, ProviderNames.Accelerators) : LoadNamed(graphPath, threads, settings, asked);
    }

    /// <summary>Makes a session with the first provider that works, or else the processor.</summary>
    /// <param name="graphPath">The graph's file.</param>
    /// <param name="threads">The threads of a run.</param>
    /// <param name="settings">What else there is to know.</param>
    /// <param name="accelerators">The full names of what is tried.</param>
    public static ProviderSession LoadBest(string graphPath, int threads, OnnxBackendSettings settings, IReadOnlyList<string> accelerators)
    {
        List<EncoderExecutionProvider> refused = [];
        foreach (string name in accelerators)
        {
            try
            {
                return new ProviderSession(Make(graphPath, threads, [(name, new ExecutionProvider { Name = name })]), graphPath, settings, [name], refused);
            }
            catch (Exception exception) when (exception is OnnxRuntimeException or InvalidDataException or NotSupportedException or EntryPointNotFoundException)
            {
                refused.Add(new EncoderExecutionProvider { Name = name, Refusal = exception.Message });
            }
        }

        InferenceSession session = Make(graphPath, threads, []);
        string reason = refused.Count == 0
            ? "the native library of ONNX Runtime that is loaded offers nothing else"
            : string.Join("; ", refused.Select(provider => $"{provider.Name}: {provider.Refusal}"));
        LogFallback(settings.Logger, graphPath, reason);
        return new ProviderSession(session, graphPath, settings, [ProviderNames.Cpu], refused);
    }

    /// <summary>What became of each provider, once a text was run; told to the log, where something was asked for.</summary>
    /// <exception cref="NotSupportedException">A provider that was asked for by name took no node.</exception>
    public IReadOnlyList<EncoderExecutionProvider> Describe()
    {
        if (!_isRecorded)
        {
            return [new EncoderExecutionProvider { Name = ProviderNames.Cpu }];
        }

        _isRecorded = false;
        Dictionary<string, int> nodes = NodePlacement.Read(Session);
        RefuseIdle(nodes);
        // The processor takes what is left, named or not.
        List<EncoderExecutionProvider> described = [.. _used.Union(nodes.Keys).Select(name => new EncoderExecutionProvider { Name = name, Nodes = nodes.GetValueOrDefault(name) })];
        if (Requested == ExecutionProvider.Auto.Name && IsCpuAlone)
        {
            // The log has said so, and why.
            return [.. described, .. _refused];
        }

        string placement = string.Join(", ", described.Select(provider => $"{provider.Name} ({provider.Nodes} nodes)"));
        LogPlacement(_logger, _graphPath, Requested, placement);
        return [.. described, .. _refused];
    }

    public void Dispose()
    {
        if (_isRecorded)
        {
            _isRecorded = false;
            NodePlacement.Read(Session);
        }

        Session.Dispose();
    }

    /// <summary>The one that took most nodes.</summary>
    public static string MostNodes(IReadOnlyList<EncoderExecutionProvider> providers) => providers.Where(provider => provider.Refusal is null).MaxBy(provider => provider.Nodes ?? 0)!.Name;

    private void RefuseIdle(Dictionary<string, int> nodes)
    {
        if (Requested != ExecutionProvider.Auto.Name && nodes.Count > 0 && _used.FirstOrDefault(name => name != ProviderNames.Cpu && !nodes.ContainsKey(name)) is { } idle)
        {
            throw new NotSupportedException(
                $"{_graphPath}: the execution provider {idle}, which the options ask for, took none of the graph's nodes; {string.Join(", ", nodes.Select(node => $"{node.Key} took {node.Value}"))}. " +
                "Leave it out, or export the model for it.");
        }
    }

    private static ProviderSession LoadNamed(string graphPath, int threads, OnnxBackendSettings settings, IReadOnlyList<ExecutionProvider> asked)
    {
        RefuseContradiction(asked);
        (string Name, ExecutionProvider Provider)[] providers = [.. asked.Select(provider => (ProviderNames.Find(provider.Name), provider))];
        string[] names = Array.ConvertAll(providers, provider => provider.Name);
        return new ProviderSession(Make(graphPath, threads, providers), graphPath, settings, names, []);
    }

    private static void RefuseContradiction(IReadOnlyList<ExecutionProvider> asked)
    {
        if (asked.Any(provider => ProviderNames.IsCpu(provider.Name)) && asked.FirstOrDefault(provider => provider.RequiresEveryNode && !ProviderNames.IsCpu(provider.Name)) is { } strict)
        {
            throw new NotSupportedException(
                $"The execution provider '{strict.Name}' requires every node, but the processor is named beside it, which takes what others do not. Leave one of the two out.");
        }
    }

    private static InferenceSession Make(string graphPath, int threads, (string Name, ExecutionProvider Provider)[] providers) => SessionLoader.Load(graphPath, threads, options =>
    {
        foreach ((string name, ExecutionProvider provider) in providers)
        {
            Append(options, name, provider);
        }

        NodePlacement.Record(options);
    });

    private static void Append(SessionOptions options, string name, ExecutionProvider provider)
    {
        try
        {
            ProviderRegistration.Append(options, name, provider.Options);
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or EntryPointNotFoundException or ArgumentException)
        {
            throw new NotSupportedException(
                $"The execution provider {name} cannot be used with the options [{string.Join(", ", provider.Options.Select(option => $"{option.Key}={option.Value}"))}]: {exception.Message} " +
                "See that its driver and libraries are installed, or leave it out.", exception);
        }

        // It may not be set where the processor is named, which takes every node anyway.
        if (provider.RequiresEveryNode && name != ProviderNames.Cpu)
        {
            options.AddSessionConfigEntry("session.disable_cpu_ep_fallback", "1");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Graph} is run by CPUExecutionProvider, though Auto asks for the best: {Reason}")]
    private static partial void LogFallback(ILogger logger, string graph, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Graph}: {Requested} was asked for; it is run by {Placement}")]
    private static partial void LogPlacement(ILogger logger, string graph, string requested, string placement);
}
