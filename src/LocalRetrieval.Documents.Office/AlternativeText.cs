using System.Text.RegularExpressions;

namespace LocalRetrieval.Documents;

/// <summary>The alternative text of a picture.</summary>
internal static partial class AlternativeText
{
    /// <summary>What its author wrote or Office found in the picture, without Office's note on which of both it is; empty where there is none.</summary>
    public static string Of(string? description) => Note().Replace(description ?? "", "").Trim();

    [GeneratedRegex(@"\s*(?:Description automatically generated(?: with \w+ confidence)?|AI-generated content may be incorrect)\.?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Note();
}
