using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>How the files of collections are named: a collection's name, in characters that all file systems tell apart, a number, and what the file is.</summary>
internal static class StoreFileNames
{
    public const string Lock = "lock";
    public const string Owner = "owner";

    /// <summary>What a folder has that a backup is on its way to.</summary>
    public const string HalfCopy = "backup.unfinished";

    private const string Current = ".current";
    private const string Rebuild = ".rebuild";
    private const string Log = ".log";
    private const string Snapshot = ".rows";
    private const string Index = ".index";
    private const string Deleted = ".deleted";
    private const string Unfinished = ".new";
    private const string Torn = ".torn";
    private const string Damaged = ".damaged";

    /// <summary>The longest name that is spelled out; of others the beginning is, with a hash.</summary>
    private const int LongestSpelled = 120;
    private const int HashBytes = 16;
    private const string Allowed = "abcdefghijklmnopqrstuvwxyz0123456789-_";

    // What Windows takes for devices, whatever the ending.
    private static readonly HashSet<string> Reserved =
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(number => new[] { $"com{number}", $"lpt{number}" })];

    /// <summary>The beginning of the names of a collection's files.</summary>
    public static string Prefix(string collection)
    {
        StringBuilder prefix = new();
        foreach (byte part in Encoding.UTF8.GetBytes(collection))
        {
            prefix = Allowed.Contains((char)part) ? prefix.Append((char)part) : prefix.Append(CultureInfo.InvariantCulture, $"%{part:x2}");
        }

        if (prefix.Length <= LongestSpelled)
        {
            return Reserved.Contains(prefix.ToString()) ? string.Create(CultureInfo.InvariantCulture, $"%{(int)prefix[0]:x2}{prefix.ToString(1, prefix.Length - 1)}") : prefix.ToString();
        }

        return $"{prefix.ToString(0, LongestSpelled)}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(collection)).AsSpan(0, HashBytes))}";
    }

    /// <summary>The file that says which log is a collection's.</summary>
    public static string CurrentOf(string prefix) => prefix + Current;

    /// <summary>The file that says which log a rebuild writes that did not end.</summary>
    public static string RebuildOf(string prefix) => prefix + Rebuild;

    public static string LogOf(string prefix, int number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}.{number:D6}{Log}");

    public static string SnapshotOf(string prefix, int number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}.{number:D6}{Snapshot}");

    /// <summary>The file of a column's index over a snapshot.</summary>
    public static string IndexOf(string prefix, int snapshot, int column) => string.Create(CultureInfo.InvariantCulture, $"{prefix}.{snapshot:D6}.{column}{Index}");

    /// <summary>The mark of a collection that was deleted and of which a file is left.</summary>
    public static string DeletedOf(string prefix) => prefix + Deleted;

    /// <summary>The prefix of a collection of which a file is left; null for any other file than the mark.</summary>
    public static string? PrefixOfDeleted(string file) => file.EndsWith(Deleted, StringComparison.Ordinal) ? file[..^Deleted.Length] : null;

    /// <summary>A file that takes another's place once it is whole.</summary>
    public static string UnfinishedOf(string name) => name + Unfinished;

    /// <summary>Where the tail of a log is kept that was never whole.</summary>
    public static string TornOf(string log, long offset) => string.Create(CultureInfo.InvariantCulture, $"{log}.{offset}{Torn}");

    /// <summary>Where the rest of a log is kept that was damaged.</summary>
    public static string DamagedOf(string log, long offset) => string.Create(CultureInfo.InvariantCulture, $"{log}.{offset}{Damaged}");

    /// <summary>The prefix of a collection that a file says the current log of; null for any other file.</summary>
    public static string? PrefixOfCurrent(string file) => file.EndsWith(Current, StringComparison.Ordinal) ? file[..^Current.Length] : null;

    /// <summary>The number of a log of a collection; null for any other file.</summary>
    public static int? NumberOfLog(string prefix, string file) => NumberOf(prefix, file, Log);

    /// <summary>The number of a snapshot of a collection; null for any other file.</summary>
    public static int? NumberOfSnapshot(string prefix, string file) => NumberOf(prefix, file, Snapshot);

    /// <summary>The number of the snapshot that an index of a collection is over; null for any other file.</summary>
    /// <param name="prefix">The collection's prefix.</param>
    /// <param name="file">The file.</param>
    /// <param name="isWhole">Whether it has been written to its end.</param>
    public static int? SnapshotOfIndex(string prefix, string file, out bool isWhole)
    {
        isWhole = !file.EndsWith(Unfinished, StringComparison.Ordinal);
        string name = isWhole ? file : file[..^Unfinished.Length];
        int end = name.EndsWith(Index, StringComparison.Ordinal) ? name.LastIndexOf('.', name.Length - Index.Length - 1) : -1;
        return end > 0 && int.TryParse(name.AsSpan(end + 1, name.Length - end - 1 - Index.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? NumberOf(prefix, name[..end], "")
            : null;
    }

    /// <summary>The name of a collection, where its prefix spells it out; else null.</summary>
    public static string? NameOf(string prefix) => prefix.Contains('~', StringComparison.Ordinal) ? null : Uri.UnescapeDataString(prefix);

    /// <summary>Whether a file is what was put aside of a collection.</summary>
    public static bool IsAside(string prefix, string file) =>
        IsOf(prefix, file) && (file.EndsWith(Torn, StringComparison.Ordinal) || file.EndsWith(Damaged, StringComparison.Ordinal));

    /// <summary>Whether a file is one of a collection's.</summary>
    public static bool IsOf(string prefix, string file) =>
        NumberOfLog(prefix, file) is not null || NumberOfSnapshot(prefix, file) is not null || SnapshotOfIndex(prefix, file, out _) is not null
        || file == RebuildOf(prefix) || file == UnfinishedOf(RebuildOf(prefix)) || file == UnfinishedOf(CurrentOf(prefix))
        || (file.StartsWith(prefix + ".", StringComparison.Ordinal) && (file.EndsWith(Torn, StringComparison.Ordinal) || file.EndsWith(Damaged, StringComparison.Ordinal)));

    private static int? NumberOf(string prefix, string file, string ending) =>
        file.StartsWith(prefix + ".", StringComparison.Ordinal) && file.EndsWith(ending, StringComparison.Ordinal) && file.Length > prefix.Length + ending.Length
        && int.TryParse(file.AsSpan(prefix.Length + 1, file.Length - prefix.Length - 1 - ending.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
