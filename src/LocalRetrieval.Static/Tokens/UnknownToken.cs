using System.Text.Json;

namespace LocalRetrieval.Static.Tokens;

/// <summary>Finds the token that a tokenizer gives for what it does not know.</summary>
internal static class UnknownToken
{
    /// <summary>The unknown token's id in a tokenizer.json that a tokenizer was loaded from, or null where its model has none.</summary>
    /// <param name="path">The tokenizer.json.</param>
    /// <param name="tokenToId">The id of a token.</param>
    public static int? Find(string path, Func<string, int?> tokenToId)
    {
        Utf8JsonReader reader = new(File.ReadAllBytes(path));
        reader.Read();
        if (!MoveTo(ref reader, name => name == "model") || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        // Unigram gives the id, the other models the token.
        return !MoveTo(ref reader, name => name is "unk_token" or "unk_id") ? null
            : reader.TokenType == JsonTokenType.String ? tokenToId(reader.GetString()!)
            : reader.TokenType == JsonTokenType.Number ? reader.GetInt32()
            : null;
    }

    // From an object's start to the value of one of its fields.
    private static bool MoveTo(ref Utf8JsonReader reader, Predicate<string> isWanted)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool found = isWanted(reader.GetString()!);
            reader.Read();
            if (found)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}
