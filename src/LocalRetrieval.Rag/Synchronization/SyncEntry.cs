using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>What a synchronisation did with one source, told as soon as it is done.</summary>
public sealed record SyncEntry
{
    /// <summary>Why a source is new, where there is no more to say.</summary>
    internal const string NewReason = "is new";

    /// <summary>Why a source vanished, where it was deleted.</summary>
    internal const string VanishedReason = "is no longer in the folder";

    /// <summary>The source: the file's path from the folder, with <c>/</c> between its parts, after <see cref="SyncOptions.SourcePrefix"/>. Of a folder that could not be read, the folder's.</summary>
    public required string Source { get; init; }

    /// <summary>What became of it.</summary>
    public required SyncOutcome Outcome { get; init; }

    /// <summary>Why, in a sentence without its full stop.</summary>
    public required string Reason { get; init; }

    /// <summary>What the source was called before it was renamed; null for any other.</summary>
    public string? PreviousSource { get; init; }

    /// <summary>How many passages the collection has of the source.</summary>
    public int Passages { get; init; }

    /// <summary>How many of them were embedded for it.</summary>
    public int Embedded { get; init; }

    /// <summary>What was read in another way than the document's author may have meant; empty where the source was not read.</summary>
    public IReadOnlyList<DocumentWarning> Warnings { get; init; } = [];

    /// <summary>What went wrong; null where nothing did.</summary>
    public Exception? Error { get; init; }

    /// <summary>Source and reason; the source alone where the outcome says all.</summary>
    internal string Text => IsPlain ? $"'{Shown(Source)}'" : $"'{Shown(Source)}' {Line}";

    /// <summary>Whether the outcome says all that the reason does.</summary>
    internal bool IsPlain => (Outcome, Reason) is (SyncOutcome.New, NewReason) or (SyncOutcome.Vanished, VanishedReason);

    /// <summary>The reason, in a line.</summary>
    internal string Line => Reason.ReplaceLineEndings(" ");

    /// <summary>Outcome, source and reason, in a line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Outcome.ToString().ToLowerInvariant()}: {Text}{(Embedded > 0 ? $" ({Embedded} of {Counted.Of(Passages, "passage")} embedded)" : "")}");

    // The name of a file may hold line ends.
    private static string Shown(string source) => string.Concat(source.Select(character =>
        char.IsControl(character) || character is '\u2028' or '\u2029' ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}") : character.ToString()));
}
