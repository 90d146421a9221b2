using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Presentation;
using Drawing = DocumentFormat.OpenXml.Drawing;

namespace LocalRetrieval.Documents;

/// <summary>The text of shapes.</summary>
internal static class SlideText
{
    /// <summary>All paragraphs, on one line.</summary>
    public static string Of(TextBody? body) =>
        string.Join(' ', (body?.Elements<Drawing.Paragraph>() ?? []).Select(Of).Where(text => text.Length > 0)).ReplaceLineEndings(" ");

    /// <summary>One paragraph.</summary>
    public static string Of(Drawing.Paragraph paragraph)
    {
        StringBuilder text = new();
        Append(paragraph, text);
        return text.ToString().Trim();
    }

    private static void Append(OpenXmlElement element, StringBuilder text)
    {
        foreach (OpenXmlElement child in element.Shown())
        {
            switch (child)
            {
                case Drawing.Text piece:
                    text.Append(piece.Text);
                    break;
                case Drawing.Break:
                    text.Append('\n');
                    break;
                case DocumentFormat.OpenXml.Math.OfficeMath or DocumentFormat.OpenXml.Math.Paragraph:
                    WordMath.Append(child, text);
                    break;
                default:
                    Append(child, text);
                    break;
            }
        }
    }
}
