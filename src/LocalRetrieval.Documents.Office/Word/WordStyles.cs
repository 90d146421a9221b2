using DocumentFormat.OpenXml.Wordprocessing;

namespace LocalRetrieval.Documents;

/// <summary>The styles of a document.</summary>
/// <remarks>Their ids are in the author's language, the names of built-in ones are always English.</remarks>
internal sealed class WordStyles
{
    private const int MaxHeadingLevel = 9;
    private const int MaxBase = 32;
    private static readonly WordStyle Plain = new(null, IsTitle: false, IsContents: false, IsCode: false, null, null);
    private static readonly string[] Monospace = ["Consolas", "Courier", "Menlo", "Monaco", "Monospace", "DejaVu Sans Mono", "Liberation Mono", "Source Code", "Fira Code", "Cascadia", "Lucida Console"];

    private readonly Dictionary<string, Style> _styles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WordStyle> _read = new(StringComparer.Ordinal);
    private readonly string? _default;

    public WordStyles(Styles? styles)
    {
        foreach (Style style in styles?.Elements<Style>() ?? [])
        {
            if (style.StyleId?.Value is { } id && (style.Type is null || style.Type.Value == StyleValues.Paragraph))
            {
                _styles.TryAdd(id, style);
                _default = style.Default?.Value == true ? id : _default;
            }
        }

        Language = styles?.DocDefaults?.RunPropertiesDefault?.RunPropertiesBaseStyle?.Languages?.Val?.Value;
    }

    /// <summary>The language of what says nothing else, as a BCP 47 tag; null where it is not told.</summary>
    public string? Language { get; }

    /// <summary>What a paragraph is.</summary>
    public WordStyle Of(Paragraph paragraph)
    {
        ParagraphProperties? properties = paragraph.ParagraphProperties;
        WordStyle style = OfId(properties?.ParagraphStyleId?.Val?.Value ?? _default);
        if (properties?.OutlineLevel?.Val?.Value is { } level)
        {
            style = style with { HeadingLevel = level < MaxHeadingLevel ? level + 1 : null };
        }

        return style.IsCode || !IsMonospace(paragraph) ? style : style with { IsCode = style.HeadingLevel is null };
    }

    private static bool IsMonospace(Paragraph paragraph)
    {
        bool any = false;
        foreach (Run run in paragraph.Elements<Run>())
        {
            if (!run.Elements<Text>().Any(text => !string.IsNullOrWhiteSpace(text.Text)))
            {
                continue;
            }

            if (!IsMonospace(run.RunProperties?.RunFonts))
            {
                return false;
            }

            any = true;
        }

        return any;
    }

    private static bool IsMonospace(RunFonts? fonts) =>
        fonts?.Ascii?.Value is { } font && Monospace.Any(name => font.StartsWith(name, StringComparison.OrdinalIgnoreCase));

    private WordStyle OfId(string? id)
    {
        if (id is null)
        {
            return Plain;
        }

        if (!_read.TryGetValue(id, out WordStyle? style))
        {
            _read[id] = style = Read(id);
        }

        return style;
    }

    /// <summary>Reads a style with what it is based on; what is nearest counts.</summary>
    private WordStyle Read(string id)
    {
        WordStyle read = Plain;
        int? level = null;
        bool isLevelKnown = false;
        string? current = id;
        for (int depth = 0; depth < MaxBase && current is not null && _styles.TryGetValue(current, out Style? style); depth++)
        {
            string name = style.StyleName?.Val?.Value ?? "";
            StyleParagraphProperties? properties = style.StyleParagraphProperties;
            if (!isLevelKnown && (properties?.OutlineLevel?.Val?.Value ?? HeadingOf(name)) is { } outline)
            {
                isLevelKnown = true;
                level = outline < MaxHeadingLevel ? outline + 1 : null;
            }

            read = read with
            {
                IsTitle = read.IsTitle || (depth == 0 && name.Equals("Title", StringComparison.OrdinalIgnoreCase)),
                IsContents = read.IsContents || name.StartsWith("toc ", StringComparison.OrdinalIgnoreCase),
                IsCode = read.IsCode || IsCode(name) || IsMonospace(style.StyleRunProperties?.RunFonts),
                NumberingId = read.NumberingId ?? properties?.NumberingProperties?.NumberingId?.Val?.Value,
                NumberingLevel = read.NumberingLevel ?? properties?.NumberingProperties?.NumberingLevelReference?.Val?.Value,
            };
            current = style.BasedOn?.Val?.Value;
        }

        return read with { HeadingLevel = read.IsContents ? null : level, IsCode = read.IsCode && level is null };
    }

    /// <summary>The outline level, from 0, of a built-in heading's name.</summary>
    private static int? HeadingOf(string name) =>
        name.StartsWith("heading ", StringComparison.OrdinalIgnoreCase) && int.TryParse(name.AsSpan(8), out int level) && level >= 1 ? level - 1 : null;

    private static bool IsCode(string name) =>
        name.Contains("source code", StringComparison.OrdinalIgnoreCase) || name.Contains("preformatted", StringComparison.OrdinalIgnoreCase)
            || name.Equals("code", StringComparison.OrdinalIgnoreCase) || name.Contains("code block", StringComparison.OrdinalIgnoreCase)
            || name.Contains("codeblock", StringComparison.OrdinalIgnoreCase) || name.Contains("verbatim", StringComparison.OrdinalIgnoreCase);
}
