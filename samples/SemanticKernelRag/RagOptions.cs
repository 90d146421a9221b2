namespace SemanticKernelRag;

/// <summary>What the command line says.</summary>
internal sealed record RagOptions
{
    public const string Functions = "functions";
    public const string Template = "template";
    public const string Memory = "memory";

    /// <summary>The folder of documents; null for the handbook.</summary>
    public string? Docs { get; init; }

    /// <summary>The question; null for the example.</summary>
    public string? Question { get; init; }

    /// <summary>How to answer; empty for all ways that there is something for.</summary>
    public IReadOnlyList<string> Ways { get; init; } = [];

    /// <summary>What to keep in memory; empty for the example notes, which go with the handbook.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>How long to wait for a chat endpoint; null for the client's own time.</summary>
    public TimeSpan? Timeout { get; init; }
}
