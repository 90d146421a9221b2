using System.Globalization;
using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>What one synchronisation did, each source in one of its lists.</summary>
public sealed record SyncResult
{
    private const int SourcesInLine = 3;

    /// <summary>Sources that the scope did not have.</summary>
    public IReadOnlyList<SyncEntry> New { get; init; } = [];

    /// <summary>Sources that were brought up to date.</summary>
    public IReadOnlyList<SyncEntry> Changed { get; init; } = [];

    /// <summary>Sources that are as they were.</summary>
    public IReadOnlyList<SyncEntry> Unchanged { get; init; } = [];

    /// <summary>Sources that took over the vectors of one that is gone.</summary>
    public IReadOnlyList<SyncEntry> Renamed { get; init; } = [];

    /// <summary>Sources that are no longer in the folder.</summary>
    public IReadOnlyList<SyncEntry> Vanished { get; init; } = [];

    /// <summary>Files that nothing reads, such as images.</summary>
    public IReadOnlyList<SyncEntry> Skipped { get; init; } = [];

    /// <summary>Sources that could not be brought up to date, and folders that could not be read.</summary>
    public IReadOnlyList<SyncEntry> Failed { get; init; } = [];

    /// <summary>How many passages were embedded anew before, since another encoder had filled the collection; see <see cref="EncoderChange.Rebuild"/>.</summary>
    public int Rebuilt { get; init; }

    /// <summary>How many passages were embedded for the sources.</summary>
    public int Embedded => New.Concat(Changed).Concat(Renamed).Sum(entry => entry.Embedded);

    /// <summary>
    /// A line for each list: its length, and, but for the unchanged, its first sources, with their reasons where the list does not say all. Below the
    /// failed, each reason has a line of its own, with the sources that failed for it.
    /// </summary>
    public override string ToString()
    {
        StringBuilder lines = new();
        Append(lines, "new", New);
        Append(lines, "changed", Changed);
        Append(lines, "unchanged", Unchanged);
        Append(lines, "renamed", Renamed);
        Append(lines, "vanished", Vanished);
        AppendFailed(lines);
        if (Skipped.Count > 0)
        {
            Append(lines, "skipped", Skipped);
        }

        return lines.ToString();
    }

    /// <summary>Throws if a source failed.</summary>
    /// <exception cref="AggregateException">At least one source failed; it holds the reasons, and its message has a line for each, with the sources.</exception>
    public void ThrowIfFailed()
    {
        if (Failed.Count > 0)
        {
            throw new FailedDocumentsException(
                $"{Counted.Of(Failed.Count, "source")} {(Failed.Count == 1 ? "was" : "were")} not brought up to date",
                FailedLines(),
                Failed.Select(entry => entry.Error ?? new InvalidOperationException($"'{entry.Source}' {entry.Reason}.")));
        }
    }

    /// <summary>The entries of a run, sorted into lists.</summary>
    internal static SyncResult Of(IEnumerable<SyncEntry> entries, int rebuilt)
    {
        ILookup<SyncOutcome, SyncEntry> byOutcome = entries.ToLookup(entry => entry.Outcome);
        return new SyncResult
        {
            New = [.. byOutcome[SyncOutcome.New]],
            Changed = [.. byOutcome[SyncOutcome.Changed]],
            Unchanged = [.. byOutcome[SyncOutcome.Unchanged]],
            Renamed = [.. byOutcome[SyncOutcome.Renamed]],
            Vanished = [.. byOutcome[SyncOutcome.Vanished]],
            Skipped = [.. byOutcome[SyncOutcome.Skipped]],
            Failed = [.. byOutcome[SyncOutcome.Failed]],
            Rebuilt = rebuilt,
        };
    }

    private static void Append(StringBuilder lines, string name, IReadOnlyList<SyncEntry> entries) =>
        lines.Append(lines.Length > 0 ? Environment.NewLine : "").Append(Line(name, entries));

    private static string Line(string name, IReadOnlyList<SyncEntry> entries)
    {
        if (entries.Count == 0 || entries[0].Outcome == SyncOutcome.Unchanged)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{name}: {entries.Count}");
        }

        SyncEntry[] first = [.. entries.Take(SourcesInLine)];
        string separator = Array.TrueForAll(first, entry => entry.IsPlain) ? ", " : "; ";
        IEnumerable<string> texts = first.Select(entry => entry.Text).Concat(entries.Count > SourcesInLine ? ["…"] : []);
        return string.Create(CultureInfo.InvariantCulture, $"{name}: {entries.Count} ({string.Join(separator, texts)})");
    }

    private void AppendFailed(StringBuilder lines)
    {
        lines.Append(CultureInfo.InvariantCulture, $"{Environment.NewLine}failed: {Failed.Count}");
        foreach (string line in FailedLines())
        {
            lines.Append(Environment.NewLine).Append("  ").Append(line);
        }
    }

    private IEnumerable<string> FailedLines() => FailureText.Lines(Failed.Select(entry => (entry.Source, entry.Line)));
}
