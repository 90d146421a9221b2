using System.Text.Json.Serialization;

namespace LocalRetrieval.SemanticKernel;

/// <summary>An answer with the sources that it cites.</summary>
public sealed class RetrievedAnswer
{
    /// <summary>The answer, with the numbers of the sources in brackets.</summary>
    [JsonPropertyName("answer")]
    public required string Answer { get; init; }

    /// <summary>The sources that the answer cites, in the order of their numbers.</summary>
    [JsonPropertyName("sources")]
    public required IReadOnlyList<AnswerSource> Sources { get; init; }
}
