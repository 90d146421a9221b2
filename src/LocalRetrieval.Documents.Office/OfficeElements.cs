using DocumentFormat.OpenXml;

namespace LocalRetrieval.Documents;

/// <summary>How elements of Office files are walked.</summary>
internal static class OfficeElements
{
    /// <summary>The children that an application shows: of alternatives, the first choice or else the fallback.</summary>
    public static IEnumerable<OpenXmlElement> Shown(this OpenXmlElement element)
    {
        foreach (OpenXmlElement child in element.ChildElements)
        {
            if (child is not AlternateContent alternatives)
            {
                yield return child;
                continue;
            }

            OpenXmlElement? chosen = (OpenXmlElement?)alternatives.GetFirstChild<AlternateContentChoice>() ?? alternatives.GetFirstChild<AlternateContentFallback>();
            foreach (OpenXmlElement shown in chosen?.Shown() ?? [])
            {
                yield return shown;
            }
        }
    }

    /// <summary>All shown elements of a type below an element, outermost only.</summary>
    public static IEnumerable<T> ShownBelow<T>(this OpenXmlElement element)
        where T : OpenXmlElement
    {
        foreach (OpenXmlElement child in element.Shown())
        {
            if (child is T found)
            {
                yield return found;
                continue;
            }

            foreach (T below in child.ShownBelow<T>())
            {
                yield return below;
            }
        }
    }
}
