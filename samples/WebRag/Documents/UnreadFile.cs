using LocalRetrieval.Rag;

namespace WebRag.Documents;

/// <summary>A file of the folder that cannot be found by a search.</summary>
internal sealed record UnreadFile
{
    /// <summary>Why a file without a passage has none.</summary>
    public const string NoText = "It has no text. A scanned page is a picture: text must be recognised in it first.";

    private const string NotTaken = "Files of this kind are not read here.";
    private const string NotOpened = "It could not be opened.";

    /// <summary>The file's name, with its path in the folder.</summary>
    public required string Name { get; init; }

    /// <summary>Why it cannot be found, in sentences.</summary>
    public required string Reason { get; init; }

    public static UnreadFile Of(SyncEntry entry) => new() { Name = DocumentName.Clean(entry.Source), Reason = ReasonOf(entry) };

    /// <summary>What a reader says of a file's content; other errors may name what lies around the folder.</summary>
    private static string ReasonOf(SyncEntry entry) => entry switch
    {
        { Outcome: SyncOutcome.Skipped } => NotTaken,
        { Outcome: not SyncOutcome.Failed } => NoText,
        { Error: InvalidDataException } => DocumentName.Clean($"It {entry.Reason}."),
        _ => NotOpened,
    };
}
