using System.Buffers;

namespace LocalRetrieval.Rag;

internal sealed partial class MarkdownScanner
{
    private const int MaxRegionLength = 1 << 18;

    private static readonly SearchValues<char> Marks = SearchValues.Create("`\\<{$[");
    private static readonly SearchValues<char> HtmlMarks = SearchValues.Create("<{");

    private static readonly HashSet<string> CodeTags = new(StringComparer.Ordinal) { "highlight", "code", "code-toggle", "codeblock", "mermaid", "prism" };

    private readonly HashSet<string> _footnotes = new(StringComparer.Ordinal);
    private readonly List<(TextRange Range, string Label)> _references = [];
    private readonly Dictionary<string, int> _unclosed = new(StringComparer.Ordinal);
    private readonly HashSet<int> _unclosedTicks = [];
    private readonly Dictionary<string, int> _unclosedCode = new(StringComparer.OrdinalIgnoreCase);
    private int _paragraphEnd = -1;
    private int _codeEnd = -1;
    private string? _rawEnd;

    /// <summary>Hides the tags in a line of text and masks its formulas; gives the end of the last line that they reach.</summary>
    private int ScanInlines(int index, int end)
    {
        while (source.AsSpan(index, end - index).IndexOfAny(_isHtml ? HtmlMarks : Marks) is var next and >= 0)
        {
            CheckCancellation();
            index = Math.Max(index + next + 1, ScanMark(index + next, end));
            if (index > end)
            {
                end = LineEnd(index);
            }
        }

        return end;
    }

    /// <summary>Reads what a mark starts; gives where it ends.</summary>
    private int ScanMark(int index, int end)
    {
        if (_rawEnd is not null)
        {
            return source[index] == '{' ? ScanTag(index) : index + 1;
        }

        if (index < _codeEnd && source[index] is not '<')
        {
            return source[index] == '{' && IsRaw(index) ? ScanTag(index) : index + 1;
        }

        return source[index] switch
        {
            '`' => SkipCode(index),
            '\\' => SkipEscape(index, end),
            '<' => ScanAngle(index),
            '{' => ScanTag(index) is var tag && tag > index ? tag : ScanBrace(index),
            '$' => SkipMath(index, end),
            '[' => ScanReference(index, end),
            _ => index + 1,
        };
    }

    private int SkipCode(int index)
    {
        int length = source.AsSpan(index).IndexOfAnyExcept('`');
        length = length < 0 ? source.Length - index : length;
        int limit = ParagraphEnd(index);
        if (_unclosedTicks.Contains(length))
        {
            return index + length;
        }

        for (int next = index + length; next < limit;)
        {
            int ticks = source.AsSpan(next, limit - next).IndexOf('`');
            if (ticks < 0)
            {
                break;
            }

            next += ticks;
            int run = source.AsSpan(next, limit - next).IndexOfAnyExcept('`');
            run = run < 0 ? limit - next : run;
            next += run;
            if (run == length)
            {
                return next;
            }
        }

        _unclosedTicks.Add(length);
        return index + length;
    }

    /// <summary>Where the paragraph that holds <paramref name="index"/> ends: before a blank line, or one that starts another block.</summary>
    private int ParagraphEnd(int index)
    {
        if (index < _paragraphEnd)
        {
            return _paragraphEnd;
        }

        _unclosedTicks.Clear();
        int line = TextLines.NextLine(source, index);
        while (line < source.Length)
        {
            LineParts next = LineParts.Parse(source, line);
            if (next.IsBlank || (!_isHtml && Interrupts(next)))
            {
                break;
            }

            line = next.Next;
        }

        return _paragraphEnd = line;
    }

    private bool Interrupts(LineParts line)
    {
        ReadOnlySpan<char> content = line.Range.Of(source);
        return line.Quotes > _quotes || content.StartsWith("```", StringComparison.Ordinal) || content.StartsWith("~~~", StringComparison.Ordinal)
            || (content[0] == '#' && IsHeading(line)) || content.StartsWith("<!--", StringComparison.Ordinal)
            || ListMarkers.IsRule(content) || ListMarkers.Length(source, line.Content, line.End, isInParagraph: true) > 0;
    }

    private int SkipEscape(int index, int end)
    {
        if (index + 1 < end && source[index + 1] == '(' && source.AsSpan(index, Math.Min(MaxMarkLength, end - index)).IndexOf(@"\)", StringComparison.Ordinal) is var close and > 0)
        {
            Fill(new TextRange(index, index + close + 2), Plain);
            return index + close + 2;
        }

        return Math.Min(index + 2, end);
    }

    /// <summary>A formula in a sentence, told from prices as Pandoc does: no blank inside of its marks, no digit behind.</summary>
    private int SkipMath(int index, int end)
    {
        int length = index + 1 < end && source[index + 1] == '$' ? 2 : 1;
        int start = index + length;
        if (start >= end || char.IsWhiteSpace(source[start]))
        {
            return start;
        }

        int limit = Math.Min(end, start + MaxMarkLength);
        int close = source.AsSpan(start, limit - start).IndexOf(length == 1 ? "$" : "$$", StringComparison.Ordinal);
        if (close <= 0 || char.IsWhiteSpace(source[start + close - 1]) || (start + close + length < end && char.IsAsciiDigit(source[start + close + length]))
            || source.AsSpan(start, close).Contains('`'))
        {
            return start;
        }

        Fill(new TextRange(index, start + close + length), Plain);
        return start + close + length;
    }

    private int ScanAngle(int index)
    {
        if (source.AsSpan(index).StartsWith("<!--", StringComparison.Ordinal))
        {
            int limit = ParagraphEnd(index);
            int close = source.AsSpan(index + 2, limit - index - 2).IndexOf("-->", StringComparison.Ordinal);
            if (close < 0)
            {
                return index + 4;
            }

            int end = index + 2 + close + 3;
            if (!_isHtml)
            {
                Hide(new TextRange(index, end));
            }

            return end;
        }

        EnterCode(index);
        int tag = JsxTags.Match(source, index);
        return tag < 0 ? index + 1 : HideComponent(new TextRange(index, tag));
    }

    private bool IsRaw(int index) => TemplateTags.Match(source, index) is { Kind: TemplateTagKind.Liquid, Name: "raw" or "endraw" };

    /// <summary>Notes where the code ends that a tag starts, since templates in it are text.</summary>
    private void EnterCode(int index)
    {
        if (index < _codeEnd || CodeElements.Match(source, index) is not { } name)
        {
            return;
        }

        int limit = ParagraphEnd(index);
        if (_unclosedCode.GetValueOrDefault(name) == limit)
        {
            return;
        }

        int close = source.AsSpan(index, limit - index).IndexOf("</" + name, StringComparison.OrdinalIgnoreCase);
        _codeEnd = close < 0 ? _codeEnd : index + close;
        if (close < 0)
        {
            _unclosedCode[name] = limit;
        }
    }

    private int ScanReference(int index, int end)
    {
        if (index + 2 >= end || source[index + 1] != '^')
        {
            return index + 1;
        }

        int close = source.AsSpan(index, Math.Min(256, end - index)).IndexOfAny("] ");
        if (close < 3 || source[index + close] != ']')
        {
            return index + 1;
        }

        _references.Add((new TextRange(index, index + close + 1), source.Substring(index + 2, close - 2)));
        return index + close + 1;
    }

    /// <summary>Hides the references to footnotes that there are.</summary>
    private void HideReferences()
    {
        foreach ((TextRange range, string label) in _references)
        {
            if (_footnotes.Contains(label))
            {
                edits.Hide(range);
                if (_mask[range.Start] == '[')
                {
                    Fill(range, Hidden);
                }
            }
        }
    }

    private int ScanBrace(int index)
    {
        if (_isHtml)
        {
            return index + 1;
        }

        int end = source.AsSpan(index) is ['{', '\'' or '"', ' ', '\'' or '"', '}', ..] ? index + 5 : AttributeLists.Match(source, index);
        if (end < 0)
        {
            return index + 1;
        }

        Hide(new TextRange(index, end));
        return end;
    }
}
