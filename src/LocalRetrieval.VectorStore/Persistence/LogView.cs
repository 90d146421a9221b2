using System.Globalization;
using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>A log as it was when it was opened: it is read beside its writer, as far as that had come.</summary>
/// <param name="file">The log; it is disposed with this.</param>
/// <param name="path">How errors name it.</param>
/// <param name="written">How much of it a writer had written; null where nobody was writing to it.</param>
internal sealed class LogView(IStoreFile file, string path, long? written) : IDisposable
{
    public string Path => path;

    /// <summary>The snapshot that has what was written before the log; null for none.</summary>
    public SnapshotView? Snapshot { get; init; }

    /// <summary>How long it was.</summary>
    public long Length { get; } = written ?? file.Length;

    /// <summary>Reads all frames that are whole up to the first that is not.</summary>
    /// <exception cref="InvalidDataException">It does not begin as a log does.</exception>
    public LogEnd Read(FrameHandler apply) => LogReader.Open(file, path).Read(apply, to: Length);

    /// <summary>Says what is damaged of a log that was read to an end; null where nothing is.</summary>
    public string? FindDamage(LogEnd end) => IsDamaged(end)
        ? string.Create(CultureInfo.InvariantCulture, $"'{path}' is damaged at byte {end.Offset:N0} of {Length:N0}, with {end.LaterFrames:N0} whole frames behind that.")
        : null;

    public void Dispose()
    {
        file.Dispose();
        Snapshot?.Dispose();
    }

    // What a writer has written it wrote whole; what nobody writes to may end with what was on its way.
    private bool IsDamaged(LogEnd end) => end.IsDamaged || (written is not null && end.Offset < Length);
}
