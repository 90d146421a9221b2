namespace WebRag.Documents;

/// <summary>How far the folder is indexed.</summary>
internal sealed record LibraryProgress
{
    public required bool IsReady { get; init; }

    /// <summary>The files done so far.</summary>
    public required int Done { get; init; }

    /// <summary>All files; 0 while that is not known.</summary>
    public required int Total { get; init; }

    /// <summary>The file that was done last.</summary>
    public string? Last { get; init; }

    /// <summary>Why indexing failed as a whole, in a sentence; it is tried again.</summary>
    public string? Error { get; init; }
}
