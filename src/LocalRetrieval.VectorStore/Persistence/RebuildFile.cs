using System.Security.Cryptography;
using System.Text;
using LocalRetrieval.VectorData.Files;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>The small file beside a collection's current one that says which log a rebuild writes that has not taken the collection's place. While it is there, that log stays.</summary>
/// <remarks>A <see cref="CheckedLine"/>: the mark, the log's file, and the target. What the rebuild stores is the log's first frame, as in any log.</remarks>
/// <param name="Log">The log's file.</param>
/// <param name="Target">What the vectors are of; see <see cref="TargetOf"/>.</param>
internal sealed record RebuildFile(string Log, string Target)
{
    private const string Mark = "LocalRetrieval-rebuild-1";

    /// <summary>A hash of what tells the vectors of one rebuild from those of another.</summary>
    /// <param name="fingerprint">The fingerprint of the encoder; null where that is not known.</param>
    /// <param name="identity">What else tells them apart; null for nothing.</param>
    /// <param name="property">The vector property.</param>
    /// <param name="others">The fingerprints of what fills the other vector properties.</param>
    public static string TargetOf(string? fingerprint, string? identity, string property, string?[] others) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{string.Join('\n', [fingerprint, property, .. others])}\n{identity}")));

    /// <summary>Writes the file, in place of the one that is there. Survives a loss of power.</summary>
    public void Write(IStoreFolder folder, string prefix) =>
        CheckedLine.Write(folder, StoreFileNames.RebuildOf(prefix), $"{Mark} {Log} {Target}", static () => { });

    /// <summary>Reads the file, which is there; null where it is damaged, foreign, or of another version.</summary>
    public static RebuildFile? TryRead(IStoreFolder folder, string prefix) =>
        CheckedLine.TryRead(folder, StoreFileNames.RebuildOf(prefix))?.Split(' ') is [Mark, var log, var target] && StoreFileNames.NumberOfLog(prefix, log) is not null
            ? new RebuildFile(log, target)
            : null;
}
