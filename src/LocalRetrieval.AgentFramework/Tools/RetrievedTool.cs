using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>A tool that a <see cref="ToolRetriever"/> found for a query.</summary>
public sealed record RetrievedTool
{
    /// <summary>The tool.</summary>
    public required AIFunctionDeclaration Tool { get; init; }

    /// <summary>The tool's place, from 1, the best.</summary>
    public required int Rank { get; init; }

    /// <summary>The cosine of the query's and the tool's vectors.</summary>
    public required double Similarity { get; init; }

    /// <summary>The reranker's score; null where it did not read the tool.</summary>
    public double? RerankerScore { get; init; }
}
