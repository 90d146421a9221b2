using System.Text.RegularExpressions;

namespace LocalRetrieval.Documents.Text;

/// <summary>Lines of a table of contents, whose dots lead to a page's number.</summary>
internal static partial class Leaders
{
    /// <summary>Whether a line has dots that lead to a number at its end.</summary>
    public static bool IsLine(string line) => Dots().IsMatch(line);

    /// <summary>The line with its dots made short.</summary>
    public static string Shorten(string line) => Dots().Replace(line, " … $1");

    [GeneratedRegex(@"\s*(?:[.…⋯‥·]\s?){4,}\s*([0-9ivxlcIVXLC]{1,6})\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Dots();
}
