using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents;

/// <summary>Parses a page within the limits on depth, elements and attributes.</summary>
internal static partial class HtmlParsing
{
    /// <summary>The parser would put what lies deeper beside each other, in time that is quadratic in the depth.</summary>
    private const int DeepestAllowed = 500;

    private const int BytesOfElement = 128;

    private static readonly HashSet<string> Attributes = new(StringComparer.OrdinalIgnoreCase)
    {
        "alt", "alttext", "aria-hidden", "aria-label", "aria-level", "checked", "class", "colspan", "content", "datetime", "display", "encoding",
        "hidden", "href", "http-equiv", "id", "itemprop", "lang", "name", "open", "property", "pubdate", "rel", "reversed", "role", "rowspan",
        "scope", "start", "style", "title", "type", "value", "xml:lang", "xmlns",
    };

    /// <summary>The page's elements, of whose attributes those are kept that the reader asks for.</summary>
    /// <exception cref="InvalidDataException">It is beyond a limit.</exception>
    public static IHtmlDocument Parse(string html, DocumentContext context, CancellationToken cancellationToken)
    {
        ElementLimits limits = new(context, cancellationToken);
        HtmlParser parser = new(new HtmlParserOptions
        {
            SkipComments = true,
            DisableElementPositionTracking = true,
            ShouldEmitAttribute = static (ref StructHtmlToken _, ReadOnlyMemory<char> name) => IsWanted(name.Span),
            OnCreated = (element, _) => limits.Add(element),
        });
        string markup = html.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith("<?xml", StringComparison.Ordinal) ? OpenEmptyElements(html, cancellationToken) : html;
        using CharacterStream characters = new(markup, cancellationToken);
        IHtmlDocument document = parser.ParseDocument(characters);
        limits.AddLast();
        return document;
    }

    private static bool IsWanted(ReadOnlySpan<char> name) => Attributes.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);

    /// <summary>XML ends an element in its own tag; read as HTML, such a tag would hold all that follows.</summary>
    private static string OpenEmptyElements(string xhtml, CancellationToken cancellationToken) => EmptyElement().Replace(xhtml, match =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        return $"<{match.Groups[1].ValueSpan}{match.Groups[2].ValueSpan}></{match.Groups[1].ValueSpan}>";
    });

    [GeneratedRegex(
        @"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)[\s/])([a-z][a-z0-9]*)((?:\s[^<>]*)?)/>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EmptyElement();

    /// <summary>Counts elements, and looks how deep they lie as soon as that is known: when the next one is made.</summary>
    private sealed class ElementLimits(DocumentContext context, CancellationToken cancellationToken)
    {
        private readonly int _maxDepth = Math.Min(context.Options.MaxDepth, DeepestAllowed);
        private readonly long _maxElements = Math.Max(context.Options.MaxExpandedBytes / BytesOfElement, 16);
        private long _count;
        private IElement? _last;

        public void Add(IElement element)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddLast();
            _last = element;
            if (++_count > _maxElements)
            {
                throw new InvalidDataException(
                    $"'{context.Source}' has more than {_maxElements} elements, which {nameof(DocumentReadingOptions)}."
                        + $"{nameof(DocumentReadingOptions.MaxExpandedBytes)}, {context.Options.MaxExpandedBytes} bytes, allows at {BytesOfElement} bytes each. "
                        + "Raise the limit if you trust the file.");
            }
        }

        public void AddLast()
        {
            int depth = 0;
            for (INode? node = _last; node is not null; node = node.Parent)
            {
                if (++depth > _maxDepth)
                {
                    throw new InvalidDataException(
                        $"'{context.Source}' has elements nested deeper than {_maxDepth}, at its element {_count} (<{_last!.LocalName}>). "
                            + $"Raise {nameof(DocumentReadingOptions)}.{nameof(DocumentReadingOptions.MaxDepth)} up to {DeepestAllowed} if you trust the file; "
                            + "most such pages never close their elements.");
                }
            }
        }
    }
}
