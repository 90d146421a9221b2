using System.Text;
using LocalRetrieval.Rag;
using MimeKit.Text;

namespace LocalRetrieval.Documents;

/// <summary>Writes HTML without its tags, for an application that has no reader of HTML.</summary>
internal static class StrippedHtml
{
    private static readonly HashSet<HtmlTagId> Unshown = [HtmlTagId.Head, HtmlTagId.Script, HtmlTagId.Style, HtmlTagId.Title, HtmlTagId.NoScript];

    private static readonly HashSet<HtmlTagId> Inline =
    [
        HtmlTagId.A, HtmlTagId.Abbr, HtmlTagId.B, HtmlTagId.Big, HtmlTagId.Cite, HtmlTagId.Code, HtmlTagId.EM, HtmlTagId.Font, HtmlTagId.I, HtmlTagId.Image,
        HtmlTagId.Kbd, HtmlTagId.Mark, HtmlTagId.Q, HtmlTagId.S, HtmlTagId.Samp, HtmlTagId.Small, HtmlTagId.Span, HtmlTagId.Strong, HtmlTagId.Sub, HtmlTagId.Sup,
        HtmlTagId.TT, HtmlTagId.U, HtmlTagId.Var,
    ];

    public static void Write(string html, DocumentContentBuilder builder, CancellationToken cancellationToken)
    {
        using StringReader reader = new(html);
        HtmlTokenizer tokenizer = new(reader) { DecodeCharacterReferences = true };
        StringBuilder block = new();
        HtmlTagId? skipped = null;
        while (tokenizer.ReadNextToken(out HtmlToken? token))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (token is HtmlTagToken tag)
            {
                skipped = skipped is { } open ? (tag.IsEndTag && tag.Id == open ? null : open)
                    : !tag.IsEndTag && !tag.IsEmptyElement && Unshown.Contains(tag.Id) ? tag.Id : null;
                EndBlock(tag, block, builder);
            }
            else if (skipped is null && token is HtmlDataToken { Kind: HtmlTokenKind.Data } data)
            {
                Append(data.Data, block);
            }
        }

        builder.AddParagraph(block.ToString());
    }

    private static void EndBlock(HtmlTagToken tag, StringBuilder block, DocumentContentBuilder builder)
    {
        if (tag.Id == HtmlTagId.Br)
        {
            block.Append('\n');
        }
        else if (!Inline.Contains(tag.Id))
        {
            builder.AddParagraph(block.ToString());
            block.Clear();
        }
    }

    private static void Append(string text, StringBuilder block)
    {
        foreach (char character in text)
        {
            bool isSpace = char.IsWhiteSpace(character);
            if (!isSpace || (block.Length > 0 && block[^1] is not (' ' or '\n')))
            {
                block.Append(isSpace ? ' ' : character);
            }
        }
    }
}
