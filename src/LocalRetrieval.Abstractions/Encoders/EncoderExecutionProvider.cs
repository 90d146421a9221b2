namespace LocalRetrieval;

/// <summary>What became of an execution provider when an encoder was loaded.</summary>
public sealed record EncoderExecutionProvider
{
    /// <summary>Its name: of ONNX Runtime, for instance <c>CPUExecutionProvider</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How many nodes of the graph it runs, of those that a text takes; null where they were not counted, as of a graph that the processor runs by default.</summary>
    public int? Nodes { get; init; }

    /// <summary>Why it is not used; null where it is.</summary>
    public string? Refusal { get; init; }
}
