namespace LocalRetrieval.Encoders;

/// <summary>What there is to know of a backend.</summary>
/// <param name="ProviderName">Its name in metadata, for instance <c>onnxruntime</c>.</param>
/// <param name="Location">What it runs, for errors: a file, an address.</param>
/// <param name="OutputKind">What its output means.</param>
/// <param name="OutputWidth">The last dimension of its output.</param>
internal sealed record BackendInfo(string ProviderName, string Location, OutputKind OutputKind, int OutputWidth)
{
    /// <summary>The execution provider that was asked for; null where there is no such thing.</summary>
    public string? RequestedProvider { get; init; }

    /// <summary>The execution provider that runs most of the model; null where there is no such thing.</summary>
    public string? ExecutionProvider { get; init; }

    /// <summary>What became of each execution provider.</summary>
    public IReadOnlyList<EncoderExecutionProvider> ExecutionProviders { get; init; } = [];

    /// <summary>Whether it computes in float16.</summary>
    public bool IsHalfPrecision { get; init; }

    /// <summary>Whether a row may have no tokens.</summary>
    public bool ReadsEmptyRows { get; init; }

    /// <summary>Whether its runs take their turns among those of all encoders of the process, and rows of several calls share them; otherwise each call runs by itself.</summary>
    public bool IsScheduled { get; init; } = true;

    /// <summary>The processors that a scheduled run uses.</summary>
    public int ThreadsPerRun { get; init; } = 1;

    /// <summary>How many runs it does at once, at least 1; further ones that the scheduler begins wait within it, each in its slots.</summary>
    public int MaxRuns { get; init; } = int.MaxValue;

    /// <summary>How many runs of one call are under way at once, where they are not scheduled.</summary>
    public int ParallelRuns { get; init; } = 1;

    /// <summary>The most padded tokens of a run of several rows.</summary>
    public int MaxBatchTokens { get; init; } = int.MaxValue;

    /// <summary>What a scheduled run takes of memory; null where that is not known, or next to nothing.</summary>
    public EncoderRunMemory? RunMemory { get; init; }

    /// <summary>What decides its numbers beside <see cref="Files"/>, for the fingerprint.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>The files that decide its numbers, in an order that does not depend on where they lie; none of a backend that has none.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Whether the output has a vector a token, rather than one a row.</summary>
    public bool IsByToken => OutputKind is OutputKind.HiddenStates or OutputKind.TokenLogits;
}
