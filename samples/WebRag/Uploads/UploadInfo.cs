namespace WebRag.Uploads;

/// <summary>A file as its visitor sees it.</summary>
internal sealed record UploadInfo
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required long Bytes { get; init; }

    public required UploadState State { get; init; }

    public required int Passages { get; init; }

    public string? Reason { get; init; }

    public static UploadInfo Of(Upload upload)
    {
        UploadStatus status = upload.Status;
        return new UploadInfo
        {
            Id = upload.Id,
            Name = upload.Name,
            Bytes = upload.Bytes,
            State = status.State,
            Passages = status.Passages,
            Reason = status.Reason,
        };
    }
}
