using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.Onnx.Inference;

/// <summary>What an <see cref="OnnxBackend"/> must know beside its graph.</summary>
/// <param name="Outputs">The kinds of output that are wanted, best first.</param>
/// <param name="PadTokenId">What fills input_ids up.</param>
internal sealed record OnnxBackendSettings(IReadOnlyList<OutputKind> Outputs, int PadTokenId)
{
    /// <summary>config.json, which says what the graph leaves open; may be null.</summary>
    public ModelJson? Config { get; init; }

    /// <summary>The position of a text's first token, where a graph asks for positions.</summary>
    public int FirstPosition { get; init; }

    /// <summary>Whether the model tells the texts of a pair apart by type ids; otherwise those are 0, where a graph asks for them.</summary>
    public bool HasTypeIds { get; init; } = true;

    /// <summary>The most tokens that a text will have.</summary>
    public int MaxTokens { get; init; } = 1;

    /// <summary>The highest token id that the graph will be fed.</summary>
    public int MaxTokenId { get; init; } = PadTokenId;

    /// <summary>The highest type id that the graph will be fed.</summary>
    public int MaxTypeId { get; init; }

    /// <summary>The threads of a run; null where <see cref="Execution"/> decides.</summary>
    public int? Threads { get; init; }

    /// <summary>What runs are made for.</summary>
    public ExecutionMode Execution { get; init; }

    /// <summary>Says, of what is taken for granted, whether what runs take of memory is to be measured.</summary>
    public Func<EncoderRunMemory, bool> MeasuresMemory { get; init; } = _ => false;

    /// <summary>Tells when memory that is kept for runs is looked at.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What runs the graph, best first; null for the processor.</summary>
    public IReadOnlyList<ExecutionProvider>? ExecutionProviders { get; init; }

    /// <summary>Where what runs the graph is told, if the options ask for something.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>What is thrown where the graph has none of <see cref="Outputs"/>; null for an error that says so.</summary>
    public InvalidDataException? MissingOutput { get; init; }

    /// <summary>What a model's files and the options say.</summary>
    public static OnnxBackendSettings Of<THead>(EncoderPlan<THead> plan, EncoderOptions options) => new(plan.Outputs, plan.Files.PadTokenId)
    {
        Config = plan.Files.Config,
        FirstPosition = PositionTable.First(plan.Files.Config),
        HasTypeIds = plan.Files.HasTypeIds,
        MaxTokens = plan.MaxTokens,
        MaxTokenId = plan.Files.Tokenizer.MaxTokenId,
        MaxTypeId = plan.Files.MaxTypeId(pair: plan.Outputs.Contains(OutputKind.Logits)),
        Threads = options.Threads,
        Execution = options.Execution,
        MeasuresMemory = assumed => RunBudget.IsInReach(options, assumed, plan.MaxTokens),
        ExecutionProviders = options.ExecutionProviders,
        MissingOutput = plan.MissingOutput,
    };
}
