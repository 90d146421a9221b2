using System.Text;
using AngleSharp.Dom;

namespace LocalRetrieval.Documents;

/// <summary>Writes code as it is shown: its line breaks and indentation, without the numbers of its lines and the buttons about it.</summary>
internal sealed class CodeText
{
    private static readonly HashSet<string> LineNumberClasses = new(StringComparer.OrdinalIgnoreCase)
    {
        "linenos", "lineno", "linenumber", "line-number", "line-numbers", "linenumbers", "line-numbers-rows", "linenodiv", "gutter", "lnt", "ln", "rouge-gutter", "hljs-ln-numbers",
        "hljs-ln-n", "line-numbers-wrapper", "blob-num", "go-line-numbers", "unselectable", "nums",
    };

    private readonly StringBuilder _text = new();
    private readonly CancellationToken _cancellationToken;
    private readonly bool _hasLineBreaks;

    private CodeText(IElement code, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        _hasLineBreaks = code.TextContent.AsSpan().Trim().Contains('\n');
    }

    public static string Of(IElement code, CancellationToken cancellationToken)
    {
        CodeText text = new(code, cancellationToken);
        text.Append(code);
        return text._text.Replace("\r\n", "\n").Replace('\u00A0', ' ').Replace("\u200B", "").ToString();
    }

    /// <summary>Whether an element holds the numbers of a piece of code's lines.</summary>
    public static bool IsLineNumber(IElement element) => HasClass(element, LineNumberClasses.Contains);

    private void Append(IElement parent)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        foreach (INode child in parent.ChildNodes)
        {
            if (child is IText characters)
            {
                _text.Append(characters.Data);
            }
            else if (child is IElement element && !IsLeftOut(element))
            {
                Append(element, IsLine(element));
            }
        }
    }

    private void Append(IElement element, bool isLine)
    {
        if (element.LocalName == "br")
        {
            _text.Append('\n');
            return;
        }

        if (element.LocalName == "img")
        {
            _text.Append(element.GetAttribute("alt"));
            return;
        }

        if (isLine)
        {
            StartLine();
        }

        int start = _text.Length;
        Append(element);
        if (isLine && (_text.Length == start || _text[^1] != '\n'))
        {
            _text.Append('\n');
        }
    }

    private void StartLine()
    {
        if (_text.Length > 0 && _text[^1] != '\n')
        {
            _text.Append('\n');
        }
    }

    /// <summary>Whether an element is a line of its own: a block, or one of a highlighter's lines where no line break parts them.</summary>
    private bool IsLine(IElement element) =>
        element.LocalName is "div" or "p" or "li" or "tr" or "table"
            || (element.LocalName == "code" && element.ParentElement is { LocalName: "pre", ChildElementCount: > 1 })
            || (!_hasLineBreaks && HasClass(element, name => name is "line" or "code-line" or "token-line" or "view-line" or "cl"));

    private static bool IsLeftOut(IElement element) => Visibility.IsHidden(element) || IsLineNumber(element) || HasClass(element, IsCopyButton) || IsUnselectable(element);

    private static bool IsCopyButton(string name) =>
        name is "copybtn" or "copy-button" or "btn-copy" or "clipboard" or "buttons" or "headerlink" or "hash-link" or "test-arrow" or "tooltip";

    private static bool IsUnselectable(IElement element) =>
        element.GetAttribute("style") is { Length: < 4096 } style && style.Contains("user-select:", StringComparison.OrdinalIgnoreCase)
            && style.Replace(" ", "", StringComparison.Ordinal).Contains("user-select:none", StringComparison.OrdinalIgnoreCase);

    private static bool HasClass(IElement element, Func<string, bool> isWanted) =>
        element.GetAttribute("class") is { Length: < 4096 } classes
            && classes.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Any(isWanted);
}
