using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents;

/// <summary>Adds a document's paragraphs and tables, in their order.</summary>
internal sealed class WordBody(
    DocumentContentBuilder builder, WordStyles styles, WordNumbering numbering, WordNotes notes, string? title, CancellationToken cancellationToken)
{
    private const int MaxHeadingLength = 256;

    private readonly StringBuilder _code = new();

    /// <summary>Adds what stands in the body.</summary>
    public void Add(OpenXmlElement element)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (element)
        {
            case Paragraph paragraph:
                AddParagraph(paragraph);
                return;
            case Table table:
                AddTable(table);
                return;
            case SectionProperties:
                return;
            default:
                foreach (OpenXmlElement child in element.Shown())
                {
                    if (child is Paragraph or Table or SdtBlock or SdtContentBlock)
                    {
                        Add(child);
                    }
                }

                return;
        }
    }

    public WordTable BeginTable()
    {
        End();
        return new WordTable(builder, notes);
    }

    public void EndTable(WordTable table) => AddNotes(table.End());

    /// <summary>Ends what is open.</summary>
    public void End()
    {
        if (_code.Length > 0)
        {
            builder.AddCode(_code.ToString());
            _code.Clear();
        }
    }

    private void AddTable(Table element)
    {
        WordTable table = BeginTable();
        foreach (OpenXmlElement child in element.Shown())
        {
            table.Add(child);
        }

        EndTable(table);
    }

    private void AddParagraph(Paragraph paragraph)
    {
        WordStyle style = styles.Of(paragraph);
        if (style.IsContents)
        {
            return;
        }

        WordParagraph read = new WordText(notes).Read(paragraph);
        if (style.IsCode)
        {
            _code.Append(read.Text).Append('\n');
        }
        else
        {
            End();
            AddText(paragraph, style, read.Text.Trim());
        }

        AddNotes(read.Notes);
        foreach (TextBoxContent box in read.TextBoxes)
        {
            Add(box);
        }
    }

    private void AddText(Paragraph paragraph, WordStyle style, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        WordLabel? label = numbering.Next(paragraph);
        if (style.IsTitle && text.ReplaceLineEndings(" ") == title)
        {
            builder.AddHeading(1, text);
        }
        else if (style.HeadingLevel is { } level && text.Length <= MaxHeadingLength)
        {
            builder.AddHeading(title is null ? level : level + 1, label?.Text is { Length: > 0 } number ? $"{number} {text}" : text);
        }
        else if (label is null)
        {
            builder.AddParagraph(text);
        }
        else
        {
            builder.AddListItem(label is { Text.Length: > 0, Number: null } ? $"{label.Text} {text}" : text, label.Level, label.Number);
        }
    }

    private void AddNotes(IReadOnlyList<string> texts)
    {
        foreach (string note in texts)
        {
            End();
            builder.AddParagraph(note);
        }
    }
}
