namespace WebRag.Uploads;

/// <summary>How far a file is.</summary>
internal sealed record UploadStatus
{
    public required UploadState State { get; init; }

    /// <summary>Its passages, once it can be searched.</summary>
    public int Passages { get; init; }

    /// <summary>Why it was refused, in a sentence.</summary>
    public string? Reason { get; init; }
}
