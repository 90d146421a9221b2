using Tomlyn;
using Tomlyn.Parsing;

namespace LocalRetrieval.Rag;

/// <summary>Reads the TOML between two lines of <c>+++</c>.</summary>
internal static class TomlFrontMatter
{
    /// <summary>Adds the values of <paramref name="content"/>; numbers and dates as they are written.</summary>
    /// <exception cref="FrontMatterSyntaxException">It is no TOML.</exception>
    public static void Read(string content, FrontMatterEntries entries, int maxDepth)
    {
        try
        {
            // A little more, so that it is the entries that refuse what is too deep.
            TomlParser parser = TomlParser.Create(content, new TomlSerializerOptions { MaxDepth = maxDepth + 8 });
            while (parser.MoveNext())
            {
                Read(parser, content, entries);
            }
        }
        catch (TomlException exception)
        {
            throw new FrontMatterSyntaxException(exception.Message, exception.Line ?? 1, exception);
        }
        catch (ArgumentException exception)
        {
            // What the lexer throws where the text ends within an escape.
            throw new FrontMatterSyntaxException("an escape in a string does not end", 1, exception);
        }
    }

    private static void Read(TomlParser parser, string content, FrontMatterEntries entries)
    {
        switch (parser.Current.Kind)
        {
            case TomlParseEventKind.StartTable:
                entries.BeginMap();
                break;
            case TomlParseEventKind.StartArray:
                entries.BeginList();
                break;
            case TomlParseEventKind.EndTable or TomlParseEventKind.EndArray:
                entries.End();
                break;
            case TomlParseEventKind.PropertyName:
                entries.Key(parser.GetPropertyName());
                break;
            case TomlParseEventKind.String:
                entries.Add(parser.GetString());
                break;
            case TomlParseEventKind.Integer or TomlParseEventKind.Float or TomlParseEventKind.Boolean or TomlParseEventKind.DateTime:
                Tomlyn.Text.TomlSourceSpan span = parser.Current.Span!.Value;
                entries.Add(content.Substring(span.Offset, span.Length));
                break;
        }
    }
}
