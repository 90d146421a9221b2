using System.Text.Json.Serialization;

namespace LocalRetrieval;

/// <summary>What one stage of the retrieval said of a passage.</summary>
public readonly record struct StageScore
{
    /// <summary>The stage; see <see cref="RetrievalStage"/>.</summary>
    public required string Stage { get; init; }

    /// <summary>The stage's own score: a cosine, a logit. Higher is better.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public required double Score { get; init; }

    /// <summary>The passage's place among this stage's candidates, from 1; 0 where the stage did not find it, and was asked for its score afterwards.</summary>
    public required int Rank { get; init; }
}
