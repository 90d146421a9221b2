using System.Text.Json.Serialization;

namespace LocalRetrieval;

/// <summary>A passage that was retrieved: its text, where it stands in its source, and what each stage said of it.</summary>
public class RetrievedPassage
{
    /// <summary>The passage's key in its collection, as text; empty where it has none. JSON leaves it out, as it may be made of hashes.</summary>
    [JsonIgnore]
    public string Key { get; init; } = "";

    /// <summary>The collection that the passage is of, in which its key is the only one; null where that is not known. JSON leaves it out then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Collection { get; init; }

    /// <summary>The passage's text, as it stands in the source.</summary>
    public required string Text { get; init; }

    /// <summary>The source that the passage comes from: a path, a URI or any name that the indexer was given; null where it has none.</summary>
    public string? Source { get; init; }

    /// <summary>The title of the document; null where it has none. JSON leaves it out then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Title { get; init; }

    /// <summary>The page, slide or sheet that the passage starts on, from 1; null where the document has none. JSON leaves it out then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Page { get; init; }

    /// <summary>The headings above the passage, outermost first, joined by " &gt; "; null where there are none.</summary>
    public string? HeadingPath { get; init; }

    /// <summary>Where the passage starts in the source's text, in UTF-16 units; null where it is not known.</summary>
    public int? Offset { get; init; }

    /// <summary>The passage's length in the source's text, in UTF-16 units; null where it is not known.</summary>
    public int? Length { get; init; }

    /// <summary>The final score, by which the passages are ordered. Comparable within one result only.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public required double Score { get; init; }

    /// <summary>
    /// The calibrated probability that the passage answers, from 0 to 1; null where no relevance model was fitted with the retriever's encoders and stages, or
    /// the reranker did not read the passage. JSON leaves it out then.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Relevance { get; init; }

    /// <summary>The passage's place in the result, from 1, the best; <see cref="SelectionOptions.Placement"/> may put it elsewhere in the list.</summary>
    public required int Rank { get; init; }

    /// <summary>The score and rank that each stage gave, in the order of the stages.</summary>
    public IReadOnlyList<StageScore> Stages { get; init; } = [];

    /// <summary>What each stage that takes part in the order adds to <see cref="Score"/>, which is their sum; empty where the retriever does not say.</summary>
    public IReadOnlyList<StageContribution> Contributions { get; init; } = [];

    /// <summary>The passages that say the same and were left out for this one, better ones first: only those that the request's filter let through.</summary>
    public IReadOnlyList<PassageLocation> AlsoIn { get; init; } = [];

    /// <summary>Why a candidate was not returned, in words; null for a passage that was. JSON leaves it out then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Omission { get; init; }

    /// <summary>The score and rank of one stage, or null where it did not take part.</summary>
    /// <param name="stage">The stage's name; see <see cref="RetrievalStage"/>.</param>
    public StageScore? Stage(string stage)
    {
        foreach (StageScore score in Stages)
        {
            if (score.Stage == stage)
            {
                return score;
            }
        }

        return null;
    }
}
