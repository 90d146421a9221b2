using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>How far the first run of a <see cref="PassageSync"/> has come.</summary>
public readonly record struct SyncProgress
{
    /// <summary>The source that was done last; null where none is yet.</summary>
    public string? Source { get; init; }

    /// <summary>The sources done so far, failed and skipped ones included.</summary>
    public required int Sources { get; init; }

    /// <summary>All sources of the folder.</summary>
    public required int TotalSources { get; init; }

    /// <summary>Why the run failed as a whole; null where it did not. It is tried again, from the first source on.</summary>
    public Exception? Error { get; init; }

    /// <summary>The figures, in a line.</summary>
    public override string ToString() => Error is not null
        ? $"The run failed, and is tried again. {Error.Message.ReplaceLineEndings(" ")}"
        : string.Create(CultureInfo.InvariantCulture, $"{Sources} of {Counted.Of(TotalSources, "source")}{(Source is null ? "" : $": '{Source}' is done")}");
}
