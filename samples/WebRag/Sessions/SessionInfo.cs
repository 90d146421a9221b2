namespace WebRag.Sessions;

/// <summary>What a page needs to know before anything else.</summary>
internal sealed record SessionInfo
{
    /// <summary>The antiforgery token that requests which change something carry as the header <c>X-CSRF-TOKEN</c>.</summary>
    public required string Token { get; init; }

    /// <summary>The chat model's name; null where none answers, or it does not say.</summary>
    public string? Model { get; init; }

    /// <summary>Whether answers are quotes, and no model writes them.</summary>
    public required bool IsOffline { get; init; }

    /// <summary>Whether the index is kept on disk, and not made anew at each start.</summary>
    public required bool IsIndexKept { get; init; }

    /// <summary>Questions that the documents answer, to begin with.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    public required long MaxUploadBytes { get; init; }

    public required int MaxUploads { get; init; }

    public required int MaxQuestionLength { get; init; }
}
