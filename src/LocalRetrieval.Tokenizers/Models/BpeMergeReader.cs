using System.Text;
using System.Text.Json;
using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Models;

/// <summary>Reads the merges of a BPE model, which are all strings, "left right", or all arrays of two.</summary>
internal sealed class BpeMergeReader(Vocabulary vocabulary, string continuingPrefix)
{
    private const string VersionPrefix = "#version";

    private readonly List<(int, int, int)> _merges = [];
    private char[] _units = new char[256];

    /// <summary>Reads the section.</summary>
    /// <exception cref="InvalidDataException">A merge names what is no token, or is none.</exception>
    public BpeMergeTable Read(JsonField section)
    {
        // There are seldom more merges than twice the tokens; what has far more is damaged, and no reason to ask for room.
        _merges.EnsureCapacity(Math.Min(section.EntryCount, 4 * vocabulary.Count));
        if (!TryReadAll(section))
        {
            _merges.Clear();
            ReadOneByOne(section);
        }

        return new BpeMergeTable(_merges);
    }

    /// <summary>Reads the merges in one go, without a string for each; what is not as it should be is left to the slow way.</summary>
    private bool TryReadAll(JsonField section)
    {
        Utf8JsonReader reader = new(section.Utf8Json);
        if (continuingPrefix.Length > 0 || !reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        bool hasPairs = section.Utf8Json[1..].TrimStart(" \t\r\n"u8) is [(byte)'[', ..];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!(hasPairs ? TryReadPair(ref reader) : TryReadLine(ref reader)))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryReadPair(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray || !reader.Read())
        {
            return false;
        }

        int left = Utf8JsonText.TryCopy(ref reader, ref _units, 0);
        if (left < 0 || !reader.Read())
        {
            return false;
        }

        int right = Utf8JsonText.TryCopy(ref reader, ref _units, left);
        return right >= 0 && reader.Read() && reader.TokenType == JsonTokenType.EndArray && TryAdd(left, left + right);
    }

    private bool TryReadLine(ref Utf8JsonReader reader)
    {
        int length = Utf8JsonText.TryCopy(ref reader, ref _units, 0);
        if (length < 0)
        {
            return false;
        }

        Span<char> line = _units.AsSpan(0, length);
        if (line.StartsWith(VersionPrefix))
        {
            return true;
        }

        int space = line.IndexOf(' ');
        if (space < 0 || line[(space + 1)..].Contains(' '))
        {
            return false;
        }

        line[(space + 1)..].CopyTo(line[space..]);
        return TryAdd(space, length - 1);
    }

    private bool TryAdd(int left, int length)
    {
        ReadOnlySpan<char> merged = _units.AsSpan(0, length);
        if (vocabulary.Id(merged[..left]) is not { } leftId
            || vocabulary.Id(merged[left..]) is not { } rightId
            || vocabulary.Id(merged) is not { } mergedId)
        {
            return false;
        }

        _merges.Add((leftId, rightId, mergedId));
        return true;
    }

    private void ReadOneByOne(JsonField section)
    {
        bool? hasPairs = null;
        foreach (JsonField merge in section.Elements())
        {
            hasPairs ??= merge.IsArray;
            if (hasPairs != merge.IsArray)
            {
                throw merge.Invalid(merge.IsArray ? "an array after strings" : "no array after arrays", "strings alone, or arrays of two alone");
            }

            if (ReadSides(merge) is { } sides)
            {
                _merges.Add(ReadMerge(merge, sides));
            }
        }
    }

    /// <summary>The two sides of a merge; null for the line that tells a version.</summary>
    private static (string Left, string Right)? ReadSides(JsonField merge)
    {
        if (merge.IsArray)
        {
            JsonField[] sides = [.. merge.Elements()];
            return sides.Length == 2
                ? (sides[0].String(), sides[1].String())
                : throw merge.Invalid($"an array of {sides.Length}", "two tokens");
        }

        string line = merge.String();
        if (line.StartsWith(VersionPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        string[] parts = line.Split(' ');
        return parts.Length == 2 ? (parts[0], parts[1]) : throw merge.Invalid($"'{line}'", "two tokens with one space between them");
    }

    private (int Left, int Right, int Merged) ReadMerge(JsonField merge, (string Left, string Right) sides)
    {
        return (Id(sides.Left), Id(sides.Right), Id(sides.Left + WithoutPrefix()));

        int Id(string token) => vocabulary.Id(token) ?? throw merge.Invalid($"a merge with '{token}'", "tokens of the vocabulary");

        // As in the reference, what is cut off is as long as the prefix, whatever it is.
        string WithoutPrefix()
        {
            if (sides.Right.StartsWith(continuingPrefix, StringComparison.Ordinal))
            {
                return sides.Right[continuingPrefix.Length..];
            }

            byte[] bytes = Encoding.UTF8.GetBytes(sides.Right);
            int length = Encoding.UTF8.GetByteCount(continuingPrefix);
            return length <= bytes.Length
                ? Encoding.UTF8.GetString(bytes, length, bytes.Length - length)
                : throw merge.Invalid($"a merge with '{sides.Right}'", $"tokens that begin with '{continuingPrefix}' on the right");
        }
    }
}
