using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace LocalRetrieval.Rag;

/// <summary>Writes sources between lines that none of them can hold.</summary>
/// <remarks>
/// The boundary is a hash of all that it encloses: equal sources give equal bytes, so caches below find them, and a text cannot be written
/// around its own hash. Should a text hold it all the same, the hash is taken anew.
/// </remarks>
internal static partial class SourceFence
{
    private const int BoundaryBytes = 8;

    /// <summary>The sources' entries as one text: a line of the boundary before each, and one that ends them.</summary>
    public static string Enclose(IReadOnlyList<string> entries)
    {
        if (entries.Count == 0)
        {
            return "";
        }

        string boundary = Boundary(entries);
        StringBuilder text = new();
        foreach (string entry in entries)
        {
            text.Append("--").Append(boundary).Append('\n').Append(entry).Append('\n');
        }

        return text.Append("--").Append(boundary).Append("--").ToString();
    }

    /// <summary>A source's lines: its number and name, then its text.</summary>
    public static string Entry(int number, RetrievedPassage passage, bool citeAfterWords = false) =>
        string.Create(CultureInfo.InvariantCulture, $"[{number}] {QuotedText.LineOf(PassageTitle.Of(passage), citeAfterWords)}").TrimEnd() + "\n" + QuotedText.Of(passage.Text, citeAfterWords);

    /// <summary>The numbers of the sources that a text encloses; those with more than nine digits are none.</summary>
    public static IEnumerable<int> NumbersIn(string text) => Header().Matches(text).Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));

    private static string Boundary(IReadOnlyList<string> entries)
    {
        byte[] hash = Hash(entries);
        while (true)
        {
            string boundary = Convert.ToHexStringLower(hash, 0, BoundaryBytes);
            if (!entries.Any(entry => entry.Contains(boundary, StringComparison.OrdinalIgnoreCase)))
            {
                return boundary;
            }

            hash = SHA256.HashData(hash);
        }
    }

    /// <summary>Each entry is hashed with its length, so that no two lists of entries are hashed as one text.</summary>
    private static byte[] Hash(IReadOnlyList<string> entries)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (string entry in entries)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(entry);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }

    [GeneratedRegex("^--[0-9a-f]{16}\n\\[([0-9]{1,9})] ", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Header();
}
