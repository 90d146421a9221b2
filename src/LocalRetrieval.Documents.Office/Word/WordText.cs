using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Drawing.Wordprocessing;
using DocumentFormat.OpenXml.Wordprocessing;
using Math = DocumentFormat.OpenXml.Math;

namespace LocalRetrieval.Documents;

/// <summary>Reads the text of a paragraph.</summary>
/// <param name="notes">The document's notes; null where references are left out.</param>
internal sealed class WordText(WordNotes? notes)
{
    private readonly StringBuilder _text = new();
    private readonly List<string> _notes = [];
    private readonly List<TextBoxContent> _boxes = [];

    public WordParagraph Read(Paragraph paragraph)
    {
        _text.Clear();
        _notes.Clear();
        _boxes.Clear();
        Append(paragraph);
        return new WordParagraph(_text.ToString(), _notes.ToArray(), _boxes.ToArray());
    }

    private void Append(OpenXmlElement element)
    {
        foreach (OpenXmlElement child in element.Shown())
        {
            AppendChild(child);
        }
    }

    private void AppendChild(OpenXmlElement element)
    {
        switch (element)
        {
            case ParagraphProperties or RunProperties or DeletedRun or MoveFromRun or FieldCode or DeletedText or RubyContent or SdtProperties:
                return;
            case Run { RunProperties.Vanish: { } vanish } when vanish.Val?.Value != false:
                return;
            case Text text:
                _text.Append(text.Text);
                return;
            case TabChar or PositionalTab:
                _text.Append('\t');
                return;
            case Break or CarriageReturn:
                _text.Append('\n');
                return;
            case NoBreakHyphen:
                _text.Append('-');
                return;
            case SymbolChar symbol:
                AppendSymbol(symbol);
                return;
            case FootnoteEndnoteReferenceType reference:
                AppendNote(reference);
                return;
            case Math.OfficeMath or Math.Paragraph:
                WordMath.Append(element, _text);
                return;
            case Drawing or Picture or EmbeddedObject:
                AppendDrawing(element);
                return;
            default:
                Append(element);
                return;
        }
    }

    private void AppendSymbol(SymbolChar symbol)
    {
        // Fonts of symbols have theirs in the private area, which says nothing outside of them.
        if (int.TryParse(symbol.Char?.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int code) && code is > 0x20 and < 0xD800)
        {
            _text.Append((char)code);
        }
    }

    private void AppendNote(FootnoteEndnoteReferenceType reference)
    {
        if (notes?.Next(reference) is { } note)
        {
            _notes.Add(note);
            _text.Append(note.AsSpan(0, note.IndexOf(' ')));
        }
    }

    private void AppendDrawing(OpenXmlElement drawing)
    {
        TextBoxContent[] boxes = [.. drawing.ShownBelow<TextBoxContent>()];
        _boxes.AddRange(boxes);
        if (boxes.Length == 0 && AlternativeText.Of(drawing.ShownBelow<DocProperties>().FirstOrDefault()?.Description?.Value) is { Length: > 0 } alternative)
        {
            _text.Append(_text.Length == 0 || char.IsWhiteSpace(_text[^1]) ? "" : " ").Append(alternative);
        }
    }
}
