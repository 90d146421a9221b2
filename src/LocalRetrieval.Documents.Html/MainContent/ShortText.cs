using System.Text;
using AngleSharp.Dom;

namespace LocalRetrieval.Documents;

/// <summary>The text of an element that is expected to be short.</summary>
internal static class ShortText
{
    /// <summary>The text with single spaces; empty where it is longer than <paramref name="limit"/> units, of which not all are looked at.</summary>
    public static string Of(IElement element, int limit)
    {
        StringBuilder text = new();
        return Append(element, text, 4 * limit) && HtmlText.Collapse(text.ToString()) is { } collapsed && collapsed.Length <= limit ? collapsed : "";
    }

    private static bool Append(IElement element, StringBuilder text, int limit)
    {
        foreach (INode child in element.ChildNodes)
        {
            if (text.Length > limit || (child is IElement inner && !Append(inner, text, limit)))
            {
                return false;
            }

            if (child is IText characters)
            {
                text.Append(characters.Data.AsSpan(0, Math.Min(characters.Length, limit + 1)));
            }
        }

        return text.Length <= limit;
    }
}
