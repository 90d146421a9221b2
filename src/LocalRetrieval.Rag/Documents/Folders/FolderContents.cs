namespace LocalRetrieval.Rag;

/// <summary>What a walk through a folder found.</summary>
internal sealed class FolderContents
{
    /// <summary>The files, each once.</summary>
    public List<FolderFile> Files { get; } = [];

    /// <summary>What could not be looked at.</summary>
    public List<FolderFailure> Failures { get; } = [];

    /// <summary>Pipes, sockets and devices, which are never opened, and links that were not followed: they lead out of the folder, nowhere, or in a circle.</summary>
    public List<SkippedDocument> Skipped { get; } = [];
}
