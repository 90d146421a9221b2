using System.Text.Json.Serialization;

namespace LocalRetrieval;

/// <summary>What one stage adds to a passage's final score.</summary>
public readonly record struct StageContribution
{
    /// <summary>The stage; see <see cref="RetrievalStage"/>.</summary>
    public required string Stage { get; init; }

    /// <summary>The stage's weight; 1 where one stage alone decides.</summary>
    public required double Weight { get; init; }

    /// <summary>
    /// The stage's standard score z = (score − mean) / deviation over the query's candidates, by the stage's least score where it gave this passage
    /// none; 0 where it scores all alike. Null where the order is not made of standard scores. JSON leaves it out then.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Standard { get; init; }

    /// <summary>What it adds: weight · z, weight / (60 + rank), or the score of the stage that decides alone.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public required double Value { get; init; }
}
