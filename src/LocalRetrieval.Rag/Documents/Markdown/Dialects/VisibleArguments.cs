using System.Text.RegularExpressions;

namespace LocalRetrieval.Rag;

/// <summary>Finds the arguments of a tag that its reader sees, such as a title.</summary>
internal static partial class VisibleArguments
{
    private static readonly HashSet<string> Titled = new(StringComparer.OrdinalIgnoreCase)
    {
        "tab", "details", "expand", "collapse", "accordion", "spoiler", "admonition", "callout", "card", "step", "button",
    };

    private static readonly HashSet<string> Labelled = new(StringComparer.OrdinalIgnoreCase)
    {
        "tab", "card", "quote", "blockquote", "details", "expand", "collapse", "accordion", "accordion-item", "callout", "panel", "spoiler", "step",
    };

    private static readonly HashSet<string> Translated = new(StringComparer.Ordinal) { "Translate", "FormattedMessage", "Trans" };

    /// <summary>The values of the arguments in <paramref name="tag"/> that are shown: named ones, and the first of what has a title by its name.</summary>
    public static List<TextRange> Find(string text, TextRange tag, string name)
    {
        List<TextRange> values = [];
        foreach (Match match in Named().Matches(tag.Of(text).ToString()))
        {
            if (IsSeen(match.Groups["name"].Value, name))
            {
                Group value = match.Groups["value"];
                values.Add(new TextRange(tag.Start + value.Index, tag.Start + value.Index + value.Length));
            }
        }

        if (values.Count == 0 && Titled.Contains(name) && Positional().Match(tag.Of(text).ToString()) is { Success: true } first)
        {
            Group value = first.Groups["value"];
            values.Add(new TextRange(tag.Start + value.Index, tag.Start + value.Index + value.Length));
        }

        values.RemoveAll(value => value.Trim(text).IsEmpty);
        return values;
    }

    private static bool IsSeen(string argument, string tag) => argument switch
    {
        "name" or "subtitle" or "author" => Labelled.Contains(tag),
        "description" => !Translated.Contains(tag),
        _ => true,
    };

    [GeneratedRegex("""(?<=\s)(?<name>title|subtitle|caption|alt|summary|heading|header|label|name|author|tabName|text|description|content)\s*=\s*(?:\{\s*)?(?<quote>["'`])(?<value>(?:(?!\k<quote>)[^\\{}<>])*)\k<quote>""", RegexOptions.ExplicitCapture)]
    private static partial Regex Named();

    [GeneratedRegex("""^\{[{%][<%]?\s*[\w./-]+\s+(?<quote>["'])(?<value>(?:(?!\k<quote>)[^\\{}<>])*)\k<quote>""", RegexOptions.ExplicitCapture)]
    private static partial Regex Positional();
}
