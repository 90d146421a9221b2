using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LocalRetrieval.Rag;

/// <summary>Leaves out of running text what its reader does not see: tags, images' addresses, references to definitions.</summary>
internal sealed class InlineWalker(string source, MarkdownScan scan, SourceEdits edits, HtmlMarkup html, CancellationToken cancellationToken)
{
    private const int MaxLength = 4096;
    private const int MaxDepth = 64;

    private string _part = "";
    private int _partStart;

    /// <summary>Reads the text of a paragraph or heading.</summary>
    public void Walk(TextRange range) => Walk(range.Start, scan.Masked.AsSpan(range.Start, range.Length));

    /// <summary>Reads text that stands at <paramref name="start"/>, in parts that no parser is long busy with.</summary>
    public void Walk(int start, ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny("<[&") >= 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int length = PartLength(text);
            if (text[..length].IndexOfAny("<[&") >= 0 && BracketDepth(text[..length]) <= MaxDepth)
            {
                WalkPart(start, text[..length].ToString());
            }

            start += length;
            text = text[length..];
        }
    }

    private static int PartLength(ReadOnlySpan<char> text)
    {
        if (text.Length <= MaxLength)
        {
            return text.Length;
        }

        int cut = text[..MaxLength].LastIndexOfAny('\r', '\n') + 1;
        cut = cut > 0 ? cut : text[..MaxLength].LastIndexOf(' ') + 1;
        return cut > 0 ? cut : MaxLength;
    }

    /// <summary>How deep brackets are nested, about.</summary>
    private static int BracketDepth(ReadOnlySpan<char> text)
    {
        int depth = 0;
        int deepest = 0;
        while (text.IndexOfAny('[', ']') is var index and >= 0)
        {
            depth = Math.Max(0, depth + (text[index] == '[' ? 1 : -1));
            deepest = Math.Max(deepest, depth);
            text = text[(index + 1)..];
        }

        return deepest;
    }

    private void WalkPart(int start, string text)
    {
        MarkdownDocument document;
        (_part, _partStart) = (text, start);
        try
        {
            document = Markdown.Parse(text, MarkdownPipelines.Inlines, SharedDefinitionsParser.Context(scan.Definitions));
        }
        catch (ArgumentException)
        {
            // Nested deeper than the parser takes: the text stays as it is.
            return;
        }

        foreach (Block block in document)
        {
            if (block is LeafBlock { Inline: { } inlines })
            {
                Visit(inlines, start);
            }
        }
    }

    private void Visit(ContainerInline inlines, int start)
    {
        foreach (Inline inline in inlines)
        {
            TextRange range = new(start + inline.Span.Start, start + inline.Span.End + 1);
            switch (inline)
            {
                case HtmlInline tag when !IsTypeArgument(tag.Tag, range.Start):
                    html.ReadInline(range, tag.Tag);
                    break;
                case HtmlEntityInline entity:
                    html.ReplaceEntity(range, entity.Transcoded.ToString());
                    break;
                case LinkInline link:
                    VisitLink(link, range, start);
                    break;
                case ContainerInline container:
                    Visit(container, start);
                    break;
            }
        }
    }

    /// <summary>Whether a tag is none but names a type right behind another, as in <c>List&lt;T&gt;</c>.</summary>
    private bool IsTypeArgument(string tag, int start) =>
        start > 0 && (char.IsLetterOrDigit(source[start - 1]) || source[start - 1] == '>') && char.IsAsciiLetterUpper(tag[1]) && tag[..^1].IndexOfAny([' ', '/', '=']) < 0
            && (tag.Length == 3 || !HtmlElements.IsUpperCase(tag.AsSpan(1..^1)));

    private void VisitLink(LinkInline link, TextRange range, int start)
    {
        TextRange text = TextOf(link, range);
        bool isEmpty = text.Trim(source).IsEmpty || link is { IsImage: false, FirstChild: LinkInline { IsImage: true, FirstChild: null, NextSibling: null } };
        if (isEmpty && !link.IsImage)
        {
            edits.HideInline(range);
            return;
        }

        if (link.IsImage)
        {
            VisitImage(link, range, text, start);
        }
        else if (link.Reference is not null || IsNoAddress(range with { Start = text.End }))
        {
            edits.Hide(range with { End = text.Start });
            edits.Hide(range with { Start = text.End });
        }

        Visit(link, start);
    }

    private void VisitImage(LinkInline link, TextRange range, TextRange text, int start)
    {
        TextRange title = new(start + link.TitleSpan.Start, start + link.TitleSpan.End + 1);
        bool hasTitle = link.Reference is null && link.TitleSpan.Length > 2 && title.Start > text.End && title.End < range.End;
        if (text.IsEmpty && !hasTitle)
        {
            edits.HideInline(range);
            return;
        }

        edits.Hide(range with { End = text.Start });
        if (!hasTitle)
        {
            edits.Hide(range with { Start = text.End });
            return;
        }

        edits.Replace(new TextRange(text.End, title.Start + 1), text.IsEmpty ? "" : " (");
        edits.Replace(new TextRange(title.End - 1, range.End), text.IsEmpty ? "" : ")");
    }

    /// <summary>What is shown of a link or an image, between its brackets.</summary>
    private static TextRange TextOf(LinkInline link, TextRange range)
    {
        int start = range.Start + (link.IsImage ? 2 : 1);
        int end = link.LastChild is { } last ? range.Start - link.Span.Start + last.Span.End + 1 : start;
        return new TextRange(start, Math.Clamp(end, start, range.End));
    }

    /// <summary>Whether what follows a link's text is data, or an address that a template makes.</summary>
    private bool IsNoAddress(TextRange address) =>
        _part.AsSpan(address.Start - _partStart, address.Length) is var text
            && (text.Contains(MarkdownScanner.Hidden) || text.StartsWith("](data:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("](<data:", StringComparison.OrdinalIgnoreCase));
}
