using System.Text;
using System.Text.Json;
using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Models;

/// <summary>Reads the pieces of a Unigram model: arrays of a token and its score.</summary>
internal static class UnigramPieceReader
{
    /// <summary>The length of the shortest piece, ["",0], and of what is before the next one.</summary>
    private const int ShortestPiece = 7;

    /// <summary>No number that a file has is longer; one that is is read the slow way.</summary>
    private const int NumberLimit = 64;

    /// <summary>Reads the section.</summary>
    /// <exception cref="InvalidDataException">A piece is no token with its score.</exception>
    public static (string[] Tokens, double[] Scores) Read(JsonField section)
    {
        int count = section.EntryCount;
        if (count > section.Utf8Json.Length / ShortestPiece)
        {
            // Not all of them can be pieces, so there is no reason to ask for room: the slow way finds the first that is none.
            ReadOneByOne(section, [], []);
        }

        string[] tokens = new string[count];
        double[] scores = new double[count];
        if (!TryReadAll(section, tokens, scores))
        {
            ReadOneByOne(section, tokens, scores);
        }

        return (tokens, scores);
    }

    /// <summary>Reads the pieces in one go; what is not as it should be is left to the slow way, which says where it is.</summary>
    private static bool TryReadAll(JsonField section, string[] tokens, double[] scores)
    {
        Utf8JsonReader reader = new(section.Utf8Json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        for (int i = 0; i < tokens.Length; i++)
        {
            bool isRead = reader.Read() && reader.TokenType == JsonTokenType.StartArray
                && reader.Read() && Utf8JsonText.TryRead(ref reader, out tokens[i])
                && reader.Read() && TryReadNumber(ref reader, out scores[i])
                && reader.Read() && reader.TokenType == JsonTokenType.EndArray;
            if (!isRead)
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadNumber(ref Utf8JsonReader reader, out double number)
    {
        number = 0;
        if (reader.TokenType != JsonTokenType.Number || reader.ValueSpan.Length > NumberLimit)
        {
            return false;
        }

        Span<char> digits = stackalloc char[NumberLimit];
        number = ReferenceNumber.Parse(digits[..Encoding.ASCII.GetChars(reader.ValueSpan, digits)]);
        return double.IsFinite(number);
    }

    private static void ReadOneByOne(JsonField section, string[] tokens, double[] scores)
    {
        int index = 0;
        foreach (JsonField entry in section.Elements())
        {
            JsonField[] parts = [.. entry.Elements()];
            if (parts.Length != 2)
            {
                throw entry.Invalid($"an array of {parts.Length}", "a token and its score");
            }

            (string token, double score) = (parts[0].String(), parts[1].Number());
            if (index < tokens.Length)
            {
                (tokens[index], scores[index]) = (token, score);
            }

            index++;
        }
    }
}
