using System.Security.Cryptography;

namespace LocalRetrieval;

/// <summary>The SHA-256 of every file of the embedded models, as they were released (models/SHA256SUMS in the repository).</summary>
internal static class ModelChecksums
{
    private static readonly Lazy<ILookup<string, (string File, string Sha256)>> Released = new(Read);

    internal static void Verify(string folder, string model)
    {
        foreach ((string file, string expected) in Released.Value[model])
        {
            string path = Path.Combine(folder, file);
            if (!File.Exists(path))
            {
                throw new InvalidDataException($"The embedded model '{model}' lacks the file {path}. Restore it by reinstalling or rebuilding LocalRetrieval.Models.");
            }

            string actual = Hash(path);
            if (!string.Equals(actual, expected, StringComparison.OrdinalIgnoreCase))
            {
                throw new InvalidDataException(
                    $"The file {path} of the embedded model '{model}' is not the one that was released: its SHA-256 is {actual}, expected {expected}. " +
                    "Restore it by reinstalling or rebuilding LocalRetrieval.Models; to use a model of your own, set ModelPath.");
            }
        }
    }

    private static string Hash(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    // The format of sha256sum: hash, two spaces, path.
    private static ILookup<string, (string File, string Sha256)> Read()
    {
        using Stream stream = typeof(ModelChecksums).Assembly.GetManifestResourceStream("SHA256SUMS")
            ?? throw new InvalidOperationException("The assembly LocalRetrieval.Models was built without its resource SHA256SUMS.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split("  ", 2))
            .ToLookup(parts => parts[1].Split('/')[0], parts => (File: parts[1][(parts[1].IndexOf('/', StringComparison.Ordinal) + 1)..], Sha256: parts[0]));
    }
}
