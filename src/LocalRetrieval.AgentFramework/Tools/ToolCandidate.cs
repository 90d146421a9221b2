using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>A function with what was found of it.</summary>
/// <param name="Tool">The function.</param>
/// <param name="Text">What it is found by.</param>
/// <param name="Similarity">The cosine of the query's and the function's vectors.</param>
internal sealed record ToolCandidate(AIFunctionDeclaration Tool, string Text, double Similarity)
{
    public double? RerankerScore { get; init; }

    public RetrievedTool ToResult(int rank) => new() { Tool = Tool, Rank = rank, Similarity = Similarity, RerankerScore = RerankerScore };
}
