namespace WebRag.Chat;

/// <summary>The end of an answer.</summary>
internal sealed record ChatEnd
{
    /// <summary>The sources that it cites, by their numbers.</summary>
    public required IReadOnlyList<ChatSource> Sources { get; init; }

    /// <summary>Why there is no answer, or none any more, in a sentence; null where it is whole.</summary>
    public string? Error { get; init; }
}
