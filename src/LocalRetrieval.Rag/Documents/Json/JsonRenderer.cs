using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LocalRetrieval.Rag;

/// <summary>Writes a JSON value as headings, lines, paragraphs and tables, without a tree of it.</summary>
/// <param name="builder">Takes them.</param>
/// <param name="context">The document's name, and how deep values may be nested.</param>
/// <param name="cancellationToken">Ends the writing early.</param>
/// <param name="elementName">Names the elements of the outermost array; null for their numbers from 0.</param>
internal sealed class JsonRenderer(
    DocumentContentBuilder builder, DocumentContext context, CancellationToken cancellationToken, Func<int, string>? elementName = null)
{
    /// <summary>Comments and trailing commas are allowed; how deep values are nested is asked here, so that the refusal names the option.</summary>
    public static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = int.MaxValue };

    private const int MaxLineLength = 200;
    private const int MaxHeadings = 12;
    private const int MaxHeadingLength = 200;

    // Each level is a call; deeper than this no stack holds.
    private const int MaxCalls = 1000;

    private readonly StringBuilder _lines = new();
    private readonly int _maxDepth = Math.Min(context.Options.MaxDepth, MaxCalls);
    private int _tokens;

    /// <summary>Writes the value.</summary>
    /// <exception cref="JsonException">The bytes are no JSON.</exception>
    /// <exception cref="InvalidDataException">Values are nested too deep.</exception>
    public void Write(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, Options);
        Advance(ref reader);
        WriteValue(ref reader, new JsonPlace(null, "", 1));
        Flush();
        if (reader.Read())
        {
            throw new JsonException("A second value follows the first.");
        }
    }

    private bool Advance(ref Utf8JsonReader reader)
    {
        bool isRead = reader.Read();
        if (++_tokens % 1024 == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (reader.CurrentDepth > _maxDepth)
        {
            throw new InvalidDataException(
                $"'{context.Source}' has values nested deeper than {nameof(DocumentReadingOptions)}.{nameof(DocumentReadingOptions.MaxDepth)}, {_maxDepth}, allows, "
                    + $"at byte {reader.TokenStartIndex}. Raise the limit, up to {MaxCalls}, if you trust the file.");
        }

        return isRead;
    }

    private void WriteValue(ref Utf8JsonReader reader, JsonPlace place)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject when !IsEmpty(reader):
                WriteObject(ref reader, place);
                break;
            case JsonTokenType.StartArray when !IsEmpty(reader):
                WriteArray(ref reader, place);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                AddLine(place, reader.TokenType == JsonTokenType.StartObject ? "{}" : "[]");
                Advance(ref reader);
                break;
            default:
                AddScalar(place, JsonScalars.TextOf(ref reader));
                break;
        }
    }

    private bool IsEmpty(Utf8JsonReader reader)
    {
        Advance(ref reader);
        return reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
    }

    /// <summary>Plain values first, so that they are one block, and then those that have others inside.</summary>
    private void WriteObject(ref Utf8JsonReader reader, JsonPlace place)
    {
        JsonPlace inner = Enter(place);
        if (place.Level <= MaxHeadings)
        {
            Utf8JsonReader plain = reader;
            WriteProperties(ref plain, inner, hasPlain: true, hasNested: false);
            WriteProperties(ref reader, inner, hasPlain: false, hasNested: true);
        }
        else
        {
            // Each level is read once more for its plain values, so the deeper ones are not.
            WriteProperties(ref reader, inner, hasPlain: true, hasNested: true);
        }

        Leave(place);
    }

    private void WriteProperties(ref Utf8JsonReader reader, JsonPlace place, bool hasPlain, bool hasNested)
    {
        while (Advance(ref reader) && reader.TokenType != JsonTokenType.EndObject)
        {
            string key = JsonScalars.TextOf(ref reader);
            Advance(ref reader);
            bool isNested = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && !IsEmpty(reader) && !JsonScalars.TryJoin(reader, MaxLineLength, out _);
            if (isNested ? hasNested : hasPlain)
            {
                WriteValue(ref reader, place with { Key = key });
            }
            else
            {
                Skip(ref reader);
            }
        }
    }

    private void Skip(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            int depth = reader.CurrentDepth;
            while (Advance(ref reader) && reader.CurrentDepth > depth)
            {
            }
        }
    }

    private void WriteArray(ref Utf8JsonReader reader, JsonPlace place)
    {
        if (JsonScalars.TryJoin(reader, MaxLineLength, out string joined))
        {
            AddLine(place, joined);
            JsonScalars.SkipArray(ref reader);
            return;
        }

        bool isOutermost = reader.CurrentDepth == 0;
        JsonPlace inner = Enter(place);
        if (JsonTable.ColumnsOf(reader, MaxLineLength, cancellationToken) is { } columns)
        {
            Flush();
            WriteTable(ref reader, columns);
        }
        else
        {
            for (int index = 0; Advance(ref reader) && reader.TokenType != JsonTokenType.EndArray; index++)
            {
                bool isPlain = reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray) || JsonScalars.TryJoin(reader, MaxLineLength, out _);
                string name = isOutermost && elementName is not null ? elementName(index) : index.ToString(CultureInfo.InvariantCulture);
                WriteValue(ref reader, inner with { Key = isPlain ? null : name });
            }
        }

        Leave(place);
    }

    private void WriteTable(ref Utf8JsonReader reader, List<string> columns)
    {
        builder.BeginTable(columns);
        string[] cells = new string[columns.Count];
        while (Advance(ref reader) && reader.TokenType != JsonTokenType.EndArray)
        {
            Array.Fill(cells, "");
            while (Advance(ref reader) && reader.TokenType != JsonTokenType.EndObject)
            {
                int column = columns.IndexOf(JsonScalars.TextOf(ref reader));
                Advance(ref reader);
                cells[column] = JsonScalars.TextOf(ref reader);
            }

            builder.AddTableRow(cells);
        }

        builder.EndTable();
    }

    /// <summary>Opens the heading of a value that has others inside; too deep for headings, its key goes before the keys inside.</summary>
    private JsonPlace Enter(JsonPlace place)
    {
        if (string.IsNullOrWhiteSpace(place.Key))
        {
            return place with { Key = null };
        }

        if (place.Level > MaxHeadings)
        {
            return place with { Key = null, Prefix = Clip(place.Prefix + place.Key) + "." };
        }

        Flush();
        builder.AddHeading(place.Level, Clip(place.Key));
        return new JsonPlace(null, "", place.Level + 1);
    }

    private void Leave(JsonPlace place)
    {
        if (!string.IsNullOrWhiteSpace(place.Key) && place.Level <= MaxHeadings)
        {
            Flush();
            builder.AddHeading(place.Level, "");
        }
    }

    private void AddScalar(JsonPlace place, string value)
    {
        if (value.Length <= MaxLineLength && !value.AsSpan().ContainsAny('\r', '\n'))
        {
            AddLine(place, value);
            return;
        }

        Flush();
        string label = place.Label;
        foreach (string paragraph in value.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            builder.AddParagraph(label + paragraph);
            label = "";
        }
    }

    private void AddLine(JsonPlace place, string value)
    {
        string line = place.Label + value;
        if (!string.IsNullOrWhiteSpace(line))
        {
            _lines.Append(_lines.Length == 0 ? "" : "\n").Append(line);
        }
    }

    private void Flush()
    {
        if (_lines.Length > 0)
        {
            builder.AddLines(_lines.ToString());
            _lines.Clear();
        }
    }

    private static string Clip(string key) => key.Length <= MaxHeadingLength ? key : key[..CharacterLimit.Cut(key, MaxHeadingLength)];
}
