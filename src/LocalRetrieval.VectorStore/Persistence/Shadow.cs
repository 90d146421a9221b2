using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>A table that is filled to take the place of a collection's, which is searched meanwhile.</summary>
/// <param name="table">The table.</param>
/// <param name="log">The file of its log; null without a folder.</param>
/// <param name="isKept">Whether the log stays where the rebuild does not end, so that the next one goes on with it.</param>
/// <remarks>Its log is named in a <see cref="RebuildFile"/> before anything is written to it, and so outlives the process: the next rebuild for the same target goes on with it, and one for another replaces it.</remarks>
internal sealed class Shadow(Table table, string? log = null, bool isKept = false)
{
    public Table Table => table;

    /// <summary>The file of its log; null without a folder, and as soon as it is the collection's.</summary>
    public string? Log { get; set; } = log;

    /// <summary>Whether the log stays where the rebuild does not end.</summary>
    public bool IsKept => isKept;

    /// <summary>Whether the table took the place.</summary>
    public bool IsTaken { get; set; }
}
