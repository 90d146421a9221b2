using LocalRetrieval.Rag;

namespace LocalRetrieval.AgentFramework;

/// <summary>What a session remembers of its retrievals, as its serialized state has it.</summary>
internal sealed record RetrievalState
{
    /// <summary>How many sources are kept with their texts; of a longer conversation those cited last.</summary>
    public const int MaxSources = 64;

    /// <summary>The conversation that the service keeps, where it does.</summary>
    public string? ConversationId { get; init; }

    /// <summary>What was retrieved for the last question.</summary>
    public TurnData? Turn { get; init; }

    /// <summary>The sources that answers can still cite, or have cited: the one cited last at the end.</summary>
    public IReadOnlyList<CitationRecord> Sources { get; init; } = [];

    /// <summary>The number of the next new source.</summary>
    public int Next { get; init; } = 1;

    /// <summary>The last messages, oldest first, for where a request holds the new ones alone.</summary>
    public IReadOnlyList<RememberedMessage> Recent { get; init; } = [];

    /// <summary>The last of the sources.</summary>
    public static IReadOnlyList<CitationRecord> Bounded(IEnumerable<ContextSource> sources) =>
        [.. sources.Select(source => CitationRecord.Of(source)).TakeLast(MaxSources)];
}
