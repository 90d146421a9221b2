using System.Text.Json.Serialization;

namespace LocalRetrieval;

/// <summary>What became of a passage in a retrieval.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PassageOutcome>))]
public enum PassageOutcome
{
    /// <summary>It was returned.</summary>
    Returned,

    /// <summary>It was a candidate, and was not returned.</summary>
    Omitted,

    /// <summary>It is there, and no generator found it.</summary>
    NotFound,

    /// <summary>There is no such passage that the request may see: none with this key, or the request's filter hides it, which is told apart for nobody.</summary>
    Unknown,
}
