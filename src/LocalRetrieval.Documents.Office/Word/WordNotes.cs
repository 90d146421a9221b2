using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace LocalRetrieval.Documents;

/// <summary>The footnotes and endnotes of a document, numbered as they are referred to.</summary>
/// <remarks>Used in the document's order, once.</remarks>
internal sealed class WordNotes
{
    private readonly Dictionary<long, FootnoteEndnoteType> _footnotes = [];
    private readonly Dictionary<long, FootnoteEndnoteType> _endnotes = [];
    private int _count;

    public WordNotes(MainDocumentPart main)
    {
        foreach (Footnote note in main.FootnotesPart?.Footnotes?.Elements<Footnote>() ?? [])
        {
            Add(_footnotes, note);
        }

        foreach (Endnote note in main.EndnotesPart?.Endnotes?.Elements<Endnote>() ?? [])
        {
            Add(_endnotes, note);
        }
    }

    /// <summary>The text of the note that is referred to, behind its number; null where there is none.</summary>
    public string? Next(FootnoteEndnoteReferenceType reference)
    {
        Dictionary<long, FootnoteEndnoteType> notes = reference is FootnoteReference ? _footnotes : _endnotes;
        if (reference.Id?.Value is not { } id || !notes.TryGetValue(id, out FootnoteEndnoteType? note))
        {
            return null;
        }

        WordText text = new(notes: null);
        string content = string.Join(' ', note.Elements<Paragraph>().Select(paragraph => text.Read(paragraph).Text.Trim()).Where(paragraph => paragraph.Length > 0));
        return content.Length == 0 ? null : $"[{++_count}] {content}";
    }

    private static void Add(Dictionary<long, FootnoteEndnoteType> notes, FootnoteEndnoteType note)
    {
        // Others are the lines between text and notes.
        if (note.Id?.Value is { } id && (note.Type is null || note.Type.Value == FootnoteEndnoteValues.Normal))
        {
            notes.TryAdd(id, note);
        }
    }
}
