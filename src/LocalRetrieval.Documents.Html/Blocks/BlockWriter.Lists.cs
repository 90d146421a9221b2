using System.Globalization;
using AngleSharp.Dom;

namespace LocalRetrieval.Documents;

internal sealed partial class BlockWriter
{
    /// <summary>A paragraph of so many signs alone is a rule between others.</summary>
    private const int LongestOrnament = 3;

    private int _listDepth = -1;
    private bool _isItemDue;
    private int? _itemNumber;
    private string? _term;

    private void WriteList(IElement list)
    {
        StartBlock();
        int? number = list.LocalName == "ol" ? Number(list, "start") ?? (list.HasAttribute("reversed") ? list.Children.Count(IsItem) : 1) : null;
        int step = list.HasAttribute("reversed") ? -1 : 1;
        _listDepth++;
        foreach (INode child in list.ChildNodes)
        {
            if (child is IElement item && IsItem(item) && !_noise.Contains(item))
            {
                number = number is null ? null : Number(item, "value") ?? number;
                WriteItem(item, number);
                number += step;
            }
            else
            {
                WriteNode(child);
            }
        }

        EndParagraph();
        _listDepth--;
    }

    private void WriteItem(IElement item, int? number)
    {
        EndParagraph();
        (bool wasDue, int? outerNumber) = (_isItemDue, _itemNumber);
        (_isItemDue, _itemNumber) = (true, number);
        WriteChildren(item);
        EndParagraph();
        (_isItemDue, _itemNumber) = (wasDue && _isItemDue, outerNumber);
    }

    private static bool IsItem(IElement element) => element.LocalName == "li";

    private static int? Number(IElement element, string attribute) =>
        int.TryParse(element.GetAttribute(attribute), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>A term stands before the start of its definition, so that either finds the other.</summary>
    private void WriteDefinitions(IElement list)
    {
        StartBlock();
        foreach (INode child in list.ChildNodes)
        {
            if (child is IElement { LocalName: "dt" } term && !_noise.Contains(term))
            {
                EndParagraph();
                string text = _inline.Line(term);
                _term = _term is null ? text : text.Length == 0 ? _term : $"{_term}, {text}";
            }
            else if (child is IElement { LocalName: "div" } group && !_noise.Contains(group))
            {
                WriteDefinitions(group);
            }
            else
            {
                WriteNode(child);
            }
        }

        EndParagraph();
        DropTerm();
    }

    private void StartBlock()
    {
        EndParagraph();
        DropTerm();
    }

    /// <summary>Writes a term that no definition follows.</summary>
    private void DropTerm()
    {
        if (_term is { } term)
        {
            _term = null;
            _builder.AddParagraph(term);
        }
    }

    private void EndParagraph()
    {
        string text = _line.Take();
        if (text.Length <= LongestOrnament && !text.Any(char.IsLetterOrDigit))
        {
            return;
        }

        if (_term is { Length: > 0 } term)
        {
            text = $"{term}\n{text}";
        }

        _term = null;
        if (_isItemDue)
        {
            _isItemDue = false;
            _builder.AddListItem(text, Math.Max(_listDepth, 0), _itemNumber);
        }
        else
        {
            _builder.AddParagraph(text);
        }
    }
}
