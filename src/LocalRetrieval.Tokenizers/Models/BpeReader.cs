using System.Text;
using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Models;

/// <summary>Reads the section of a BPE model.</summary>
internal static class BpeReader
{
    private const string VersionPrefix = "#version";

    /// <exception cref="InvalidDataException">A merge names what is no token, or a field is missing, wrong or not supported.</exception>
    public static Bpe Read(JsonField section)
    {
        if (section.Optional("dropout") is { } dropout && dropout.Number() != 0)
        {
            throw dropout.Invalid($"{dropout.Number()}", "0 and null: with dropout, tokens are random");
        }

        Vocabulary vocabulary = Vocabulary.Read(section["vocab"]);
        BpeOptions options = ReadOptions(section, vocabulary);
        List<(int, int, int)> merges = [];
        foreach (JsonField merge in section["merges"].Elements())
        {
            if (ReadPair(merge) is { } pair)
            {
                merges.Add(ReadMerge(merge, pair, vocabulary, options));
            }
        }

        return new Bpe(vocabulary, new BpeMergeTable(merges), options);
    }

    private static BpeOptions ReadOptions(JsonField section, Vocabulary vocabulary)
    {
        JsonField? unknown = section.Optional("unk_token");
        BpeOptions options = new(
            unknown is { } token
                ? vocabulary.Id(token.String()) ?? throw token.Invalid($"'{token.String()}'", "null or a token of the vocabulary")
                : null,
            section.Optional("fuse_unk")?.Boolean() ?? false,
            section.Optional("byte_fallback")?.Boolean() ?? false,
            section.Optional("ignore_merges")?.Boolean() ?? false,
            section.Optional("continuing_subword_prefix")?.String() ?? "",
            section.Optional("end_of_word_suffix")?.String() ?? "");
        if (options.ByteFallback && options.ContinuingPrefix.Length + options.EndSuffix.Length > 0)
        {
            throw section["byte_fallback"].Invalid("true", "false with a continuing_subword_prefix or an end_of_word_suffix");
        }

        return options;
    }

    /// <summary>The two sides of a merge, which is an array or a string; null for the line that tells a version.</summary>
    private static (string Left, string Right)? ReadPair(JsonField merge)
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

    private static (int Left, int Right, int Merged) ReadMerge(
        JsonField merge, (string Left, string Right) pair, Vocabulary vocabulary, BpeOptions options)
    {
        return (Id(pair.Left), Id(pair.Right), Id(pair.Left + WithoutPrefix()));

        int Id(string token) => vocabulary.Id(token) ?? throw merge.Invalid($"a merge with '{token}'", "tokens of the vocabulary");

        // As in the reference, what is cut off is as long as the prefix, whatever it is.
        string WithoutPrefix()
        {
            if (pair.Right.StartsWith(options.ContinuingPrefix, StringComparison.Ordinal))
            {
                return pair.Right[options.ContinuingPrefix.Length..];
            }

            byte[] bytes = Encoding.UTF8.GetBytes(pair.Right);
            int length = Encoding.UTF8.GetByteCount(options.ContinuingPrefix);
            return length <= bytes.Length
                ? Encoding.UTF8.GetString(bytes, length, bytes.Length - length)
                : throw merge.Invalid($"a merge with '{pair.Right}'", $"tokens that begin with '{options.ContinuingPrefix}' on the right");
        }
    }
}
