using System.Text;
using System.Text.Json;

namespace LocalRetrieval.Rag;

/// <summary>Reads the JSON object that a document starts with.</summary>
internal static class JsonFrontMatter
{
    /// <summary>Adds the values of the object that <paramref name="content"/> starts with.</summary>
    /// <returns>Where it ends, in UTF-16 units.</returns>
    /// <exception cref="FrontMatterSyntaxException">It is no JSON, or does not end.</exception>
    public static int Read(string content, FrontMatterEntries entries, int maxDepth)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(content);

        // A little more, so that it is the entries that refuse what is too deep.
        Utf8JsonReader reader = new(bytes, new JsonReaderOptions { MaxDepth = maxDepth + 8 });
        try
        {
            do
            {
                reader.Read();
                Read(ref reader, entries);
            }
            while (reader.CurrentDepth > 0 || reader.TokenType == JsonTokenType.StartObject);
        }
        catch (JsonException exception)
        {
            throw new FrontMatterSyntaxException($"it is no JSON at byte {exception.BytePositionInLine + 1}", (int)(exception.LineNumber ?? 0) + 1, exception);
        }
        catch (InvalidOperationException exception)
        {
            // A string that is no UTF-16.
            throw new FrontMatterSyntaxException("a string in it has a lone surrogate", 1, exception);
        }

        return Encoding.UTF8.GetCharCount(bytes.AsSpan(0, (int)reader.BytesConsumed));
    }

    private static void Read(ref Utf8JsonReader reader, FrontMatterEntries entries)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                entries.BeginMap();
                break;
            case JsonTokenType.StartArray:
                entries.BeginList();
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                entries.End();
                break;
            case JsonTokenType.PropertyName:
                entries.Key(reader.GetString()!);
                break;
            case JsonTokenType.Null:
                entries.Add(null);
                break;
            case JsonTokenType.String:
                entries.Add(reader.GetString());
                break;
            default:
                entries.Add(Encoding.UTF8.GetString(reader.ValueSpan));
                break;
        }
    }
}
