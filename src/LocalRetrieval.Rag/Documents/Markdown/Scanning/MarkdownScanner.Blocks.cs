using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace LocalRetrieval.Rag;

internal sealed partial class MarkdownScanner
{
    private const int MaxMarkLength = 1024;

    /// <summary>Reads a line that may start a block; gives the line behind.</summary>
    private int ScanBlock(LineParts line)
    {
        int next = source[line.Content] switch
        {
            _ when _isHtml => -1,
            '`' or '~' => TryFence(line),
            '<' => TryHtml(line) is var end and >= 0 ? end : TryComponent(line),
            ':' => TryContainer(line) is var end and >= 0 ? end : TryDefinitionList(line),
            '!' or '?' => TryIndented(line, Admonition()),
            '=' => TryIndented(line, ContentTab()),
            '[' => TryBrackets(line),
            '$' or '\\' => TryMath(line),
            '-' or ';' => TrySnippet(line),
            '+' => TryGridTable(line),
            'i' or 'e' => TryModule(line),
            _ => -1,
        };
        next = next < 0 && !_isHtml ? TryTable(line) : next;
        if (next >= 0)
        {
            return next;
        }

        if (ListMarkers.IsRule(line.Range.Of(source)) && !_isHtml)
        {
            _isParagraph = _isAfterBlank = false;
            return line.Next;
        }

        return ScanText(line, isHeading: source[line.Content] == '#' && IsHeading(line));
    }

    private bool IsHeading(LineParts line)
    {
        int length = source.AsSpan(line.Content, line.End - line.Content).IndexOfAnyExcept('#');
        return length < 0 ? line.Range.Length <= 6 : length <= 6 && source[line.Content + length] is ' ' or '\t';
    }

    private int TryFence(LineParts line)
    {
        ReadOnlySpan<char> content = line.Range.Of(source);
        int length = content.IndexOfAnyExcept(content[0]);
        length = length < 0 ? content.Length : length;
        if (length < 3 || (content[0] == '`' && content[length..].Contains('`')))
        {
            return -1;
        }

        _open = new OpenLines(new string(content[0], length), IsFence: true, line.Quotes, ItemIndent);
        _isParagraph = _isAfterBlank = false;
        return line.Next;
    }

    private int TryHtml(LineParts line)
    {
        ReadOnlySpan<char> content = line.Range.Of(source);
        string? close = HtmlBlocks.Close(content);
        if (close is not null)
        {
            OpenLines open = new(close, IsFence: false, line.Quotes, ItemIndent);
            int skip = content.StartsWith("<!--", StringComparison.Ordinal) ? 2 : 0;
            _open = open.IsEndedBy(source, line with { Content = line.Content + skip }) ? null : open;
            _isParagraph = _isAfterBlank = false;
            return line.Next;
        }

        if (MarkdownAttribute.IsIn(content))
        {
            return EnterMarkdown(line);
        }

        _isHtml = HtmlBlocks.IsBlock(content, _isParagraph) && JsxTags.Match(source, line.Content) < 0;
        _isParagraph &= !_isHtml;
        return content.StartsWith("<<< ", StringComparison.Ordinal) && content.Length > 4 && content[4] is '@' or '.' or '/' ? HideLine(line) : -1;
    }

    /// <summary>A tag whose text is Markdown: to the parser it is a declaration, which ends with its line.</summary>
    private int EnterMarkdown(LineParts line)
    {
        _isHtml = true;
        int next = ScanText(line);
        "!x".CopyTo(_mask.AsSpan(line.Content + 1));
        _isHtml = _isParagraph = _isAfterBlank = false;
        return next;
    }

    private int TryContainer(LineParts line)
    {
        if (line.Range.Length > MaxMarkLength || Container().Match(source[line.Content..line.End]) is not { Success: true } match)
        {
            return -1;
        }

        Group title = match.Groups["title"];
        Group type = match.Groups["type"];
        Group shown = title.Value.Length > 0 ? title : type;
        bool isShown = shown == title || Containers.IsShown(type.Value);
        TextRange visible = new(line.Content + shown.Index, line.Content + shown.Index + shown.Length);
        return isShown && !visible.IsEmpty ? HideLine(line, visible) : HideLine(line);
    }

    /// <summary>A line that gives its body a title, whose lines are indented: to the parser it is an item of a list.</summary>
    private int TryIndented(LineParts line, Regex regex)
    {
        if (line.Range.Length > MaxMarkLength || regex.Match(source[line.Content..line.End]) is not { Success: true } match || BodyIndent(line.Next, line.Quotes) < line.Indent + 4)
        {
            return -1;
        }

        Group title = match.Groups["title"];
        Group shown = title.Success ? title : match.Groups["type"];
        HideAround(line.Range, new TextRange(line.Content + shown.Index, line.Content + shown.Index + shown.Length));
        MaskAsItem(line.Range, line.Range.Length >= 8 ? 4 : 2);
        EnterBody(line, 4, line.Indent + 4);
        return line.Next;
    }

    /// <summary>Hides a line but for its title, and in that the marks of quotes.</summary>
    private void HideAround(TextRange line, TextRange title)
    {
        List<TextRange> visible = [];
        int start = title.Start;
        for (int index = start; index + 1 < title.End; index++)
        {
            if (source[index] == '\\' && source[index + 1] == '"')
            {
                visible.Add(new TextRange(start, index));
                start = index + 1;
            }
        }

        visible.Add(title with { Start = start });
        Hide(line, CollectionsMarshal.AsSpan(visible));
    }

    /// <summary>Makes lines an item of a list to the parser.</summary>
    /// <param name="range">Where they stand.</param>
    /// <param name="width">How far its body is indented, from 2 to 5.</param>
    private void MaskAsItem(TextRange range, int width)
    {
        const string Text = "<!x>";
        Fill(range, ' ');
        _mask[range.Start] = '-';
        bool hasRoom = source.AsSpan(range.Start, range.Length).IndexOfAny('\r', '\n') is var end && (end < 0 ? range.Length : end) >= width + Text.Length;
        (hasRoom ? Text : Hidden.ToString()).CopyTo(_mask.AsSpan(range.Start + width));
        _isParagraph = _isAfterBlank = false;
    }

    /// <summary>
    /// A component whose body is indented like code, which MDX does not know, or like the item before it: to the parser it is an item of its own.
    /// </summary>
    private int TryComponent(LineParts line)
    {
        int end = _isHtml ? -1 : JsxTags.MatchOpen(source, line.Content);
        if (end < 0)
        {
            return -1;
        }

        LineParts last = LineParts.Parse(source, TextLines.LineStart(source, end));
        int body = BodyIndent(last.Next, line.Quotes);
        int width = Math.Min(5, body - line.Indent);
        if (!source.AsSpan(end, last.End - end).IsWhiteSpace() || width < 2 || line.Range.Length <= 2
            || (body - ItemIndent < 4 && _left.Count == 0 && ItemIndent <= line.Indent))
        {
            return -1;
        }

        ScanInlines(line.Content, line.End);
        width = Math.Min(width, line.Range.Length >= 8 ? 5 : 2);
        MaskAsItem(new TextRange(line.Content, end), width);
        EnterBody(line, width, body);
        return last.Next;
    }

    /// <summary>How far the first line with text is indented, from a line on; -1 where it is far, or in another quote.</summary>
    private int BodyIndent(int next, int quotes)
    {
        for (int blanks = 0; next < source.Length && blanks < 3; blanks++)
        {
            LineParts line = LineParts.Parse(source, next);
            if (!line.IsBlank)
            {
                return line.Quotes == quotes ? line.Indent : -1;
            }

            next = line.Next;
        }

        return -1;
    }

    /// <summary>An item for which kramdown sets the table of contents.</summary>
    private int TryContents(LineParts line)
    {
        LineParts next = LineParts.Parse(source, Math.Min(line.Next, source.Length));
        ReadOnlySpan<char> mark = next.Range.Of(source).TrimEnd();
        bool isContents = next.Quotes == line.Quotes && mark is ['{', ':', .., '}'] && mark[2..^1].TrimStart() is var name
            && name.StartsWith("toc", StringComparison.Ordinal) && (name.Length == 3 || name[3] == ' ');
        return isContents ? HideLine(line with { End = next.End, Next = next.Next }) : -1;
    }

    private int TryDefinitionList(LineParts line)
    {
        ReadOnlySpan<char> content = line.Range.Of(source);
        if (content.Length < 3 || content[1] is not (' ' or '\t') || content[1..].TrimStart(" \t").IsEmpty)
        {
            return -1;
        }

        _mask[line.Content] = '-';
        LineParts item = line;
        _isParagraph = false;
        EnterDefinition(ref item);
        return ScanText(item);
    }

    private void EnterDefinition(ref LineParts line)
    {
        int content = line.Content + 1;
        while (source[content] is ' ' or '\t')
        {
            content++;
        }

        int indent = line.Indent + Math.Min(4, content - line.Content);
        _items.Add(new OpenItem(indent, ItemDedent));
        line = line with { Content = content, Indent = indent };
    }

    private int TryBrackets(LineParts line)
    {
        ReadOnlySpan<char> content = line.Range.Of(source);
        if (line.Quotes > 0 && content.Length <= MaxMarkLength && Alert().Match(content.ToString()) is { Success: true } alert)
        {
            Group shown = alert.Groups["title"].Length > 0 ? alert.Groups["title"] : alert.Groups["type"];
            TextRange visible = new(line.Content + shown.Index, line.Content + shown.Index + shown.Length);
            Hide(line.Range, visible);
            Fill(visible, Plain);
            _isParagraph = true;
            return line.Next;
        }

        if (content.TrimEnd() is var mark && (mark.Equals("[[toc]]", StringComparison.OrdinalIgnoreCase) || mark.Equals("[toc]", StringComparison.OrdinalIgnoreCase)
            || mark.Equals("[[_toc_]]", StringComparison.OrdinalIgnoreCase)))
        {
            return HideLine(line);
        }

        return content.StartsWith("[^", StringComparison.Ordinal) ? TryFootnote(line) : TryLinkDefinition(line);
    }

    private int TryFootnote(LineParts line)
    {
        int close = source.AsSpan(line.Content, Math.Min(256, line.End - line.Content)).IndexOf("]:", StringComparison.Ordinal);
        if (close < 3)
        {
            return -1;
        }

        _footnotes.Add(source.Substring(line.Content + 2, close - 2));
        int text = line.Content + close + 2;
        while (text < line.End && source[text] is ' ' or '\t')
        {
            text++;
        }

        Hide(new TextRange(line.Content, text));
        "- ".CopyTo(_mask.AsSpan(line.Content));
        _items.Add(new OpenItem(line.Indent + 2, ItemDedent));
        return text == line.End ? line.Next : ScanText(line with { Content = text });
    }

    private int TryLinkDefinition(LineParts line)
    {
        LinkReferenceDefinition? definition = null;
        int end = _isParagraph ? -1 : LinkDefinitions.Match(source, line.Content, out definition);
        if (definition?.Label is not { } label)
        {
            return -1;
        }

        if (!_definitions.Links.ContainsKey(label))
        {
            _definitions.Set(label, definition);
        }

        edits.Hide(new TextRange(line.Content, end));
        Fill(new TextRange(line.Content, end), ' ');
        _isAfterBlank = line.Quotes == 0;
        return TextLines.NextLine(source, end);
    }

    private int TryMath(LineParts line)
    {
        ReadOnlySpan<char> content = line.Range.Of(source).TrimEnd();
        string? close = content.StartsWith("$$", StringComparison.Ordinal) ? "$$" : content.StartsWith(@"\[", StringComparison.Ordinal) ? @"\]" : null;
        if (close is null)
        {
            return -1;
        }

        if (content.Length > 4 && content.EndsWith(close, StringComparison.Ordinal) && content[2..^2].IndexOf(close, StringComparison.Ordinal) < 0)
        {
            TakeOut(new TextRange(line.Content, line.Next), DocumentBlockKind.Lines);
            return line.Next;
        }

        bool isAlone = content.Length == 2;
        if (!isAlone && content[2..].Contains(close, StringComparison.Ordinal))
        {
            return -1;
        }

        LineParts last = line;
        for (int lines = 0; lines < 200 && last.Next < source.Length; lines++)
        {
            last = LineParts.Parse(source, last.Next);
            ReadOnlySpan<char> text = last.Range.Of(source).TrimEnd();
            if (last.Quotes != line.Quotes || (last.IsBlank && !isAlone))
            {
                return -1;
            }

            if (text.EndsWith(close, StringComparison.Ordinal))
            {
                TakeOut(new TextRange(line.Content, last.Next), DocumentBlockKind.Lines);
                return last.Next;
            }
        }

        return -1;
    }

    private int TrySnippet(LineParts line)
    {
        if (line.Range.Length > MaxMarkLength || Snippet().Match(source[line.Content..line.End]) is not { Success: true } match)
        {
            return -1;
        }

        LineParts last = line;
        for (int lines = 0; !match.Groups["file"].Success && lines < 50 && last.Next < source.Length && !last.IsBlank; lines++)
        {
            last = LineParts.Parse(source, last.Next);
            if (last.Range.Length <= MaxMarkLength && Snippet().IsMatch(source[last.Content..last.End]))
            {
                return HideLine(line with { End = last.End, Next = last.Next });
            }
        }

        return HideLine(line);
    }

    private int TryModule(LineParts line)
    {
        int end = _isParagraph || line is not { Quotes: 0, Indent: 0 } ? -1 : ModuleStatements.Match(source, line.Content);
        return end < 0 ? -1 : HideLine(line with { End = end, Next = TextLines.NextLine(source, end) });
    }

    /// <summary>Hides a line but for what is visible in it, which is a block that the parser does not see.</summary>
    private int HideLine(LineParts line, params ReadOnlySpan<TextRange> visible)
    {
        Hide(line.Range, visible);
        TakeOut(new TextRange(line.Content, line.Next), DocumentBlockKind.Prose);
        return line.Next;
    }

    [GeneratedRegex("""^:{3,}(?>[ \t]*)(?:\{?(?<type>[A-Za-z][\w-]*)\}?)?(?>[ \t]*)(?:\[(?<title>[^\]]*)\]|(?<=[ \t}])"?(?<title>[^\s{":](?:[^{"]*[^\s{"])?)"?)?(?>[ \t]*)(?:\{[^}]*\})?(?>[ \t]*):*$""", RegexOptions.ExplicitCapture)]
    private static partial Regex Container();

    [GeneratedRegex("""^(?:!!!|\?\?\?\+?)(?>[ \t]*)(?<type>[A-Za-z][\w-]*)(?:[ \t]+[A-Za-z][\w-]*)*(?:[ \t]+"(?<title>.*)")?[ \t]*$""", RegexOptions.ExplicitCapture)]
    private static partial Regex Admonition();

    [GeneratedRegex("""^===[!+]*[ \t]+"(?<title>[^"]+)"[ \t]*$""", RegexOptions.ExplicitCapture)]
    private static partial Regex ContentTab();

    [GeneratedRegex("""^\[!(?<type>[A-Za-z]+)\][+-]?(?>[ \t]*)(?<title>(?:.*[^ \t])?)[ \t]*$""", RegexOptions.ExplicitCapture)]
    private static partial Regex Alert();

    [GeneratedRegex("""^-+8<-+(?>[ \t]*)(?<file>["'].*["'])?(?>[ \t]*)$""", RegexOptions.ExplicitCapture)]
    private static partial Regex Snippet();
}
