using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Presentation;
using LocalRetrieval.Rag;
using Drawing = DocumentFormat.OpenXml.Drawing;

namespace LocalRetrieval.Documents;

/// <summary>Adds slides: the title as a heading, then the shapes in the order in which a screen reader goes through them.</summary>
internal sealed class SlideReader(DocumentContentBuilder builder)
{
    public void Read(SlidePart part)
    {
        ShapeTree? tree = part.Slide?.CommonSlideData?.ShapeTree;
        Shape[] titles = [.. (tree?.ShownBelow<Shape>() ?? []).Where(shape => SlidePlaceholder.IsTitle(shape) && SlideText.Of(shape.TextBody).Length > 0).Take(1)];
        builder.AddHeading(1, titles.Length == 0 ? "" : SlideText.Of(titles[0].TextBody));
        if (tree is not null)
        {
            AddShapes(part, tree, titles.FirstOrDefault());
        }

        AddNotes(part.NotesSlidePart);
    }

    private void AddShapes(SlidePart part, OpenXmlElement group, Shape? title)
    {
        foreach (OpenXmlElement element in group.Shown())
        {
            switch (element)
            {
                case Shape shape when shape != title && !SlidePlaceholder.IsFurniture(shape):
                    AddText(shape);
                    break;
                case GroupShape shapes:
                    AddShapes(part, shapes, title);
                    break;
                case GraphicFrame frame:
                    SlideGraphics.Add(part, frame, builder);
                    break;
                case Picture picture:
                    builder.AddParagraph(AlternativeText.Of(picture.NonVisualPictureProperties?.NonVisualDrawingProperties?.Description?.Value));
                    break;
            }
        }
    }

    private void AddText(Shape shape)
    {
        Drawing.Paragraph[] paragraphs = [.. (shape.TextBody?.Elements<Drawing.Paragraph>() ?? []).Where(paragraph => SlideText.Of(paragraph).Length > 0)];
        bool isList = SlidePlaceholder.IsBody(shape) && paragraphs.Length > 1;
        int number = 0;
        foreach (Drawing.Paragraph paragraph in paragraphs)
        {
            Drawing.ParagraphProperties? properties = paragraph.ParagraphProperties;
            bool isNumbered = properties?.GetFirstChild<Drawing.AutoNumberedBullet>() is not null;
            number = isNumbered ? number + 1 : 0;
            bool isItem = isNumbered || properties?.GetFirstChild<Drawing.CharacterBullet>() is not null || (isList && properties?.GetFirstChild<Drawing.NoBullet>() is null);
            if (isItem)
            {
                builder.AddListItem(SlideText.Of(paragraph), Math.Max(0, properties?.Level?.Value ?? 0), isNumbered ? number : null);
            }
            else
            {
                builder.AddParagraph(SlideText.Of(paragraph));
            }
        }
    }

    private void AddNotes(NotesSlidePart? part)
    {
        string[] notes =
        [
            .. (part?.NotesSlide?.CommonSlideData?.ShapeTree?.ShownBelow<Shape>() ?? []).Where(SlidePlaceholder.IsBody)
                .SelectMany(shape => shape.TextBody?.Elements<Drawing.Paragraph>() ?? []).Select(SlideText.Of).Where(text => text.Length > 0),
        ];
        if (notes.Length > 0)
        {
            builder.AddHeading(2, "Notes");
            foreach (string note in notes)
            {
                builder.AddParagraph(note);
            }
        }
    }
}
