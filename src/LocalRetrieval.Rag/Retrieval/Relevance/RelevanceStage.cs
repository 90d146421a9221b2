using System.Text.Json.Serialization;

namespace LocalRetrieval.Rag;

/// <summary>What a stage counts in a <see cref="RelevanceModel"/>.</summary>
public readonly record struct RelevanceStage
{
    /// <summary>A stage with its slope.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="slope">What the logit gains for each unit of the stage's score.</param>
    public RelevanceStage(string stage, double slope)
    {
        Stage = stage;
        Slope = slope;
    }

    /// <summary>The stage's name; see <see cref="RetrievalStage"/>.</summary>
    public string Stage { get; init; }

    /// <summary>What the logit gains for each unit of the stage's score.</summary>
    public double Slope { get; init; }

    /// <summary>The least score that the model was fitted with: a lesser one counts as this. Null for no limit, which JSON leaves out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Least { get; init; }

    /// <summary>The greatest score that the model was fitted with: a greater one, as a query that repeats its words gives, counts as this. Null for no limit, which JSON leaves out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Greatest { get; init; }

    /// <summary>What the logit gains by a score.</summary>
    internal double Gain(double score) => Slope * Math.Min(Greatest ?? double.PositiveInfinity, Math.Max(Least ?? double.NegativeInfinity, score));
}
