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
}
