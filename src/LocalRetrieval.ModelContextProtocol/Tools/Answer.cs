using System.Text.Json.Serialization;
using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.ModelContextProtocol;

/// <summary>What <c>ask</c> gives.</summary>
internal sealed record Answer
{
    [JsonPropertyName("answer")]
    public required string Text { get; init; }

    /// <summary>The sources that the answer cites, in the order of their numbers.</summary>
    [JsonPropertyName("sources")]
    public required IReadOnlyList<SourceReference> Sources { get; init; }

    public static Answer Of(ChatResponse response) => new()
    {
        Text = response.Text,
        Sources =
        [
            .. response.Messages.SelectMany(message => message.GetCitedSources()).DistinctBy(source => source.Number).OrderBy(source => source.Number)
                .Select(source => SourceReference.Of(source.Passage) with { Number = source.Number }),
        ],
    };
}
