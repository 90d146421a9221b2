using AngleSharp.Dom;

namespace LocalRetrieval.Documents;

/// <summary>Writes a formula: as TeX where the page has it, or else on one line.</summary>
internal static class MathText
{
    public static string Of(IElement math)
    {
        if (math.GetAttribute("alttext") is { } alternative && !string.IsNullOrWhiteSpace(alternative))
        {
            return HtmlText.Collapse(alternative);
        }

        return HtmlText.Collapse(Tex(math) ?? Linear(math));
    }

    public static bool IsDisplayed(IElement element) =>
        element.LocalName == "math"
            ? string.Equals(element.GetAttribute("display"), "block", StringComparison.OrdinalIgnoreCase)
            : element.GetAttribute("type")?.Contains("mode=display", StringComparison.OrdinalIgnoreCase) == true;

    private static string? Tex(IElement element)
    {
        foreach (IElement child in element.Children)
        {
            if (child.LocalName == "annotation" && child.GetAttribute("encoding")?.Contains("tex", StringComparison.OrdinalIgnoreCase) == true)
            {
                return child.TextContent;
            }

            if (child.LocalName == "semantics" && Tex(child) is { } tex)
            {
                return tex;
            }
        }

        return null;
    }

    private static string Linear(INode node)
    {
        if (node is not IElement element)
        {
            return node is IText text ? text.Data.Trim() : "";
        }

        string[] parts = [.. element.ChildNodes.Select(Linear).Where(part => part.Length > 0)];
        return element.LocalName switch
        {
            "annotation" or "annotation-xml" or "mphantom" => "",
            "mfrac" when parts.Length == 2 => $"{Grouped(parts[0])}/{Grouped(parts[1])}",
            "msup" or "mover" when parts.Length == 2 => $"{parts[0]}^{Grouped(parts[1])}",
            "msub" or "munder" when parts.Length == 2 => $"{parts[0]}_{Grouped(parts[1])}",
            "msubsup" or "munderover" when parts.Length == 3 => $"{parts[0]}_{Grouped(parts[1])}^{Grouped(parts[2])}",
            "msqrt" => $"√{Grouped(string.Concat(parts))}",
            "mtd" or "mtr" or "mspace" => string.Concat(parts) + " ",
            "mo" => parts is ["=" or "+" or "-" or "−" or "<" or ">" or "≤" or "≥" or "≈" or "≠" or "→"] ? $" {parts[0]} " : string.Concat(parts),
            _ => string.Concat(parts),
        };
    }

    private static string Grouped(string text) => text.Length < 2 || text.All(char.IsLetterOrDigit) ? text : $"({text.Trim()})";
}
