namespace WebRag.Uploads;

/// <summary>What becomes of a file.</summary>
internal enum UploadState
{
    /// <summary>Others are read before it.</summary>
    Waiting,

    /// <summary>It is read, cut and embedded.</summary>
    Indexing,

    /// <summary>It can be searched.</summary>
    Ready,

    /// <summary>It is not searched, and there is a reason.</summary>
    Refused,
}
