using AngleSharp.Dom;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents;

/// <summary>Writes what a page shows as blocks.</summary>
internal sealed partial class BlockWriter
{
    private const int LongestHeading = 256;

    private readonly DocumentContentBuilder _builder;
    private readonly PageNoise _noise;
    private readonly TextSizes _sizes;
    private readonly InlineWriter _inline;
    private readonly InlineText _line;
    private readonly CancellationToken _cancellationToken;
    private int _quotes;

    public BlockWriter(DocumentContentBuilder builder, PageNoise noise, TextSizes sizes, CancellationToken cancellationToken)
    {
        _builder = builder;
        _noise = noise;
        _sizes = sizes;
        _inline = new InlineWriter(noise, cancellationToken);
        _line = new InlineText(cancellationToken);
        _cancellationToken = cancellationToken;
    }

    /// <summary>Writes an element and all in it.</summary>
    public void Write(IElement root)
    {
        WriteNode(root);
        EndParagraph();
    }

    private void WriteNode(INode node)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (node is IText characters)
        {
            _line.Append(characters.Data);
        }
        else if (node is IElement element && !_noise.Contains(element))
        {
            WriteElement(element);
        }
    }

    private void WriteElement(IElement element)
    {
        if (HtmlNames.HeadingLevel(element) is > 0 and int level)
        {
            WriteHeading(element, level);
            return;
        }

        switch (element.LocalName)
        {
            case "br":
                WriteLineBreak();
                break;
            case "ul" or "ol" or "menu" or "dir":
                WriteList(element);
                break;
            case "dl":
                WriteDefinitions(element);
                break;
            case "pre" or "listing" or "xmp" or "plaintext":
                StartBlock();
                _builder.AddCode(CodeText.Of(element, _cancellationToken));
                break;
            case "table":
                StartBlock();
                WriteTable(element);
                break;
            case "blockquote":
                _quotes++;
                WriteBlock(element);
                _quotes--;
                break;
            case "math" or "script" when MathText.IsDisplayed(element):
                StartBlock();
                _builder.AddLines(element.LocalName == "math" ? MathText.Of(element) : element.TextContent);
                break;
            default:
                WriteOther(element);
                break;
        }
    }

    private void WriteOther(IElement element)
    {
        if (HtmlNames.IsBlock(element))
        {
            WriteBlock(element);
        }
        else if (!_inline.TryAppendSpecial(element, _line))
        {
            WriteChildren(element);
        }
    }

    private void WriteBlock(IElement element)
    {
        EndParagraph();
        WriteChildren(element);
        EndParagraph();
    }

    private void WriteChildren(IElement element)
    {
        foreach (INode child in element.ChildNodes)
        {
            WriteNode(child);
        }
    }

    /// <summary>A heading that was never closed holds what stands below it, and one in a quotation is not the page's.</summary>
    private void WriteHeading(IElement element, int level)
    {
        StartBlock();
        string heading = _inline.Line(element);
        if (_quotes > 0 || heading.Length > LongestHeading)
        {
            WriteBlock(element);
        }
        else if (heading.Length > 0)
        {
            _builder.AddHeading(level, heading);
        }
    }

    /// <summary>Two line breaks end a paragraph.</summary>
    private void WriteLineBreak()
    {
        if (_line.IsBroken)
        {
            EndParagraph();
        }
        else
        {
            _line.Break();
        }
    }

    private void WriteTable(IElement table)
    {
        IReadOnlyList<IElement> rows = TableKind.Rows(table, _noise);
        if (!TableKind.IsData(table, rows, _sizes))
        {
            WriteLayout(table);
            return;
        }

        IElement? caption = table.Children.FirstOrDefault(child => child.LocalName == "caption" && !_noise.Contains(child));
        if (caption is not null)
        {
            WriteBlock(caption);
        }

        TableGrid grid = TableGrid.Read(rows, _noise, _inline);
        _builder.BeginTable(grid.Header);
        foreach (IReadOnlyList<string> row in grid.Rows)
        {
            _builder.AddTableRow(row);
        }

        _builder.EndTable();
    }

    private void WriteLayout(IElement table)
    {
        foreach (IElement child in table.Children)
        {
            if (child.LocalName is "thead" or "tbody" or "tfoot" or "tr")
            {
                WriteLayout(child);
            }
            else if (!CodeText.IsLineNumber(child))
            {
                WriteNode(child);
            }
        }

        EndParagraph();
    }
}
