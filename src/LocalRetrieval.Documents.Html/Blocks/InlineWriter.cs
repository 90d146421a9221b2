using AngleSharp.Dom;

namespace LocalRetrieval.Documents;

/// <summary>Writes what stands in a line: text, images' alternatives, formulas, annotations, raised and lowered text.</summary>
internal sealed class InlineWriter(PageNoise noise, CancellationToken cancellationToken)
{
    private readonly HashSet<string> _abbreviations = new(StringComparer.Ordinal);

    /// <summary>The text of an element on one line.</summary>
    public string Line(IElement element)
    {
        InlineText text = new(cancellationToken);
        AppendChildren(element, text);
        return HtmlText.Collapse(text.Take());
    }

    /// <summary>Adds all that a node holds; blocks are parted by a space.</summary>
    public void Append(INode node, InlineText text)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (node is IText characters)
        {
            text.Append(characters.Data);
        }
        else if (node is IElement element && !noise.Contains(element) && !TryAppendSpecial(element, text))
        {
            bool isBlock = HtmlNames.IsBlock(element);
            if (isBlock)
            {
                text.Space();
            }

            AppendChildren(element, text);
            if (isBlock)
            {
                text.Space();
            }
        }
    }

    /// <summary>Adds an element that is more than what it holds; false for any other.</summary>
    public bool TryAppendSpecial(IElement element, InlineText text)
    {
        switch (element.LocalName)
        {
            case "br":
                text.Break();
                return true;
            case "img":
                AppendImage(element, text);
                return true;
            case "sup":
                AppendRaised(element, text);
                return true;
            case "q":
                text.Append("“");
                AppendChildren(element, text);
                text.Append("”");
                return true;
            case "abbr" or "acronym" or "dfn":
                AppendAbbreviation(element, text);
                return true;
            case "ruby":
                RubyText.Append(element, this, text);
                return true;
            case "math":
                text.Append(MathText.Of(element));
                return true;
            case "script":
                text.Append(element.TextContent);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Adds all that an element holds.</summary>
    public void AppendChildren(IElement element, InlineText text)
    {
        foreach (INode child in element.ChildNodes)
        {
            Append(child, text);
        }
    }

    private static void AppendImage(IElement image, InlineText text)
    {
        if (image.GetAttribute("alt") is { Length: > 0 } alternative && !HtmlNames.HasRole(image, "presentation"))
        {
            text.Append(alternative);
        }
    }

    /// <summary>A power stays one, and the number of a note is told from the word before; st and TM are written on.</summary>
    private void AppendRaised(IElement element, InlineText text)
    {
        string raised = Line(element);
        if (raised.Length == 0)
        {
            return;
        }

        bool isNote = element.QuerySelector("a") is not null || element.ParentElement?.LocalName == "a";
        bool isPower = !isNote && (char.IsLetterOrDigit(text.Last) || text.Last is ')' or ']') && char.IsAsciiDigit(raised.TrimStart('-', '−', '+', '–') is { Length: > 0 } digits ? digits[0] : raised[0]);
        bool isVariable = !isNote && raised.Length == 1 && char.IsAsciiLetterLower(raised[0]) && char.IsAsciiDigit(text.Last);
        text.Append(
            isNote && char.IsAsciiLetterOrDigit(raised[0]) ? $"[{raised}]"
            : isPower || isVariable ? $"^{raised}"
            : raised);
    }

    private void AppendAbbreviation(IElement element, InlineText text)
    {
        AppendChildren(element, text);
        if (element.GetAttribute("title") is { } title && HtmlText.Collapse(title) is { Length: > 0 } meaning && meaning != Line(element) && _abbreviations.Add(meaning))
        {
            text.Append($" ({meaning})");
        }
    }
}
