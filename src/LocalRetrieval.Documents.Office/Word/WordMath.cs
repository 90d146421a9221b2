using System.Text;
using DocumentFormat.OpenXml;
using Math = DocumentFormat.OpenXml.Math;

namespace LocalRetrieval.Documents;

/// <summary>Writes formulas on one line.</summary>
internal static class WordMath
{
    public static void Append(OpenXmlElement element, StringBuilder text)
    {
        switch (element)
        {
            case Math.Text piece:
                text.Append(piece.Text);
                return;
            case Math.Fraction fraction:
                AppendGroup(fraction.Numerator, text);
                text.Append('/');
                AppendGroup(fraction.Denominator, text);
                return;
            case Math.Superscript power:
                AppendAll(power.Base, text);
                text.Append('^');
                AppendGroup(power.SuperArgument, text);
                return;
            case Math.Subscript index:
                AppendAll(index.Base, text);
                text.Append('_');
                AppendGroup(index.SubArgument, text);
                return;
            case Math.Radical root:
                text.Append('√');
                AppendGroup(root.Base, text);
                return;
            default:
                AppendAll(element, text);
                return;
        }
    }

    private static void AppendAll(OpenXmlElement? element, StringBuilder text)
    {
        foreach (OpenXmlElement child in element?.Shown() ?? [])
        {
            Append(child, text);
        }
    }

    /// <summary>In brackets where it is more than a letter.</summary>
    private static void AppendGroup(OpenXmlElement? element, StringBuilder text)
    {
        int start = text.Length;
        AppendAll(element, text);
        if (text.Length - start > 1)
        {
            text.Insert(start, '(').Append(')');
        }
    }
}
