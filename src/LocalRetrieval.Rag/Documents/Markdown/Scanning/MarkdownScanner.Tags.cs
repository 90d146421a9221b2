namespace LocalRetrieval.Rag;

internal sealed partial class MarkdownScanner
{
    private int ScanTag(int index)
    {
        if (TemplateTags.Match(source, index) is not { } tag)
        {
            return UnescapeShortcode(index);
        }

        if (_rawEnd is not null)
        {
            _rawEnd = tag.Name == _rawEnd ? null : _rawEnd;
            return _rawEnd is null ? HideTag(tag.Range, "") : index;
        }

        bool isParting = tag.Kind == TemplateTagKind.Shortcode;
        if (tag.IsClosing || tag.Kind is TemplateTagKind.Output or TemplateTagKind.Comment || IsSelfClosing(tag))
        {
            return HideTag(tag.Range, tag.Name, isParting);
        }

        bool isComment = tag.Name == "comment";
        bool isRaw = tag is { Name: "raw", Kind: TemplateTagKind.Liquid };
        if (!(isComment || isRaw || CodeTags.Contains(tag.Name)) || FindClosing(tag) is not { } closing)
        {
            return HideTag(tag.Range, tag.Name, isParting);
        }

        _rawEnd = isRaw ? "endraw" : null;
        return isRaw ? HideTag(tag.Range, "") : isComment ? HideTag(new TextRange(tag.Range.Start, closing.End), "") : TakeOutCode(tag.Range, closing);
    }

    private bool IsSelfClosing(TemplateTag tag) =>
        (tag.Kind == TemplateTagKind.Shortcode && source[tag.Range.End - 4] == '/') || (tag.Kind == TemplateTagKind.Extension && source[tag.Range.End - 2] == '/');

    /// <summary>A shortcode that is shown and not run is written as a comment of itself.</summary>
    private int UnescapeShortcode(int index)
    {
        if (source.AsSpan(index) is not ['{', '{', '<' or '%', '/', '*', ..])
        {
            return index;
        }

        string close = source[index + 2] == '<' ? "*/>}}" : "*/%}}";
        int length = source.AsSpan(index, Math.Min(MaxMarkLength, source.Length - index)).IndexOf(close, StringComparison.Ordinal);
        if (length < 0 || source.AsSpan(index, length).ContainsAny('\r', '\n'))
        {
            return index;
        }

        edits.Hide(new TextRange(index + 3, index + 5));
        edits.Hide(new TextRange(index + length, index + length + 2));
        Fill(new TextRange(index, index + length + close.Length), Plain);
        return index + length + close.Length;
    }

    private TextRange? FindClosing(TemplateTag opening)
    {
        bool isLiquid = opening.Kind == TemplateTagKind.Liquid;
        string mark = isLiquid ? "{%" : opening.Kind == TemplateTagKind.Extension ? "{:/" : "{{";
        string key = opening.Kind + opening.Name;
        int limit = Math.Min(source.Length, opening.Range.End + MaxRegionLength);

        // What was looked through for one that is not closed is not looked through again for the next.
        for (int index = Math.Max(opening.Range.End, _unclosed.GetValueOrDefault(key)); index < limit;)
        {
            CheckCancellation();
            int next = source.AsSpan(index, limit - index).IndexOf(mark, StringComparison.Ordinal);
            if (next < 0)
            {
                break;
            }

            index += next;
            if (TemplateTags.Match(source, index) is { IsClosing: true } tag && tag.Kind == opening.Kind
                && (tag.Name == (isLiquid ? "end" : "") + opening.Name || tag is { Kind: TemplateTagKind.Extension, Name: "" }))
            {
                return tag.Range;
            }

            index += 2;
        }

        _unclosed[key] = limit - 1;
        return null;
    }

    private int TakeOutCode(TextRange open, TextRange close)
    {
        TextRange code = new(open.End, close.Start);
        HideTag(open, "");
        HideTag(close, "");
        if (code.Of(source).IndexOfAny('\r', '\n') < 0)
        {
            Fill(code, Plain);
            return close.End;
        }

        TakeOut(code, DocumentBlockKind.Code);
        return close.End;
    }

    /// <summary>Hides a tag of a component; one of code is a block of it.</summary>
    private int HideComponent(TextRange range)
    {
        ReadOnlySpan<char> tag = range.Of(source);
        string name = JsxTags.Name(tag).ToString();
        if (name == "CodeBlock" && tag[1] != '/' && tag[^2] != '/' && FindComponentEnd(range.End, name) is { } closing)
        {
            TextRange code = new TextRange(range.End, closing.Start).Trim(source);
            bool isTemplate = code.Of(source) is ['{', '`', .., '`', '}'];
            return isTemplate && code.Length > 4
                ? TakeOutCode(range with { End = code.Start + 2 }, closing with { Start = code.End - 2 })
                : TakeOutCode(range, closing);
        }

        return HideTag(range, name, JsxTags.IsParting(tag));
    }

    private TextRange? FindComponentEnd(int start, string name)
    {
        int limit = Math.Min(source.Length, start + MaxRegionLength);
        int from = Math.Max(start, _unclosed.GetValueOrDefault(name));
        int index = from >= limit ? -1 : source.AsSpan(from, limit - from).IndexOf($"</{name}>", StringComparison.Ordinal);
        if (index < 0)
        {
            _unclosed[name] = Math.Max(from, limit - name.Length - 3);
            return null;
        }

        return new TextRange(from + index, from + index + name.Length + 3);
    }

    private int HideTag(TextRange range, string name, bool isParting = false)
    {
        List<TextRange> visible = VisibleArguments.Find(source, range, name);
        bool isInWord = visible.Count == 0 && (!isParting || (IsInWord(range.Start - 1) && IsInWord(range.End)));
        int from = range.Start;
        foreach (TextRange shown in visible.Append(new TextRange(range.End, range.End)))
        {
            HideAll(new TextRange(from, shown.Start), isParting: !isInWord && !IsBesideMark(from, shown.Start));
            from = shown.End;
        }

        return range.End;
    }

    private bool IsInWord(int index) => index >= 0 && index < source.Length && char.IsLetterOrDigit(source[index]);

    /// <summary>Whether a quotation or an emphasis starts before a range or ends behind it, which takes no blank.</summary>
    private bool IsBesideMark(int start, int end) =>
        (start > 0 && source[start - 1] is '"' or '\'' or '*' or '_') || (end < source.Length && source[end] is '"' or '\'' or '*' or '_');
}
