using AngleSharp.Dom;

namespace LocalRetrieval.Documents;

/// <summary>Whether an element is shown, as far as the page itself says without style sheets.</summary>
internal static class Visibility
{
    // Those who look at a page do not see them, and a screen reader's hints are no content.
    private static readonly HashSet<string> UnseenClasses = new(StringComparer.OrdinalIgnoreCase)
    {
        "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only", "screenreader", "assistive-text", "element-invisible",
        "show-for-sr", "u-visually-hidden", "d-none", "is-hidden",
    };

    public static bool IsHidden(IElement element) =>
        HtmlNames.IsUnshown(element.LocalName) ? !IsTexScript(element)
            : (element.LocalName == "dialog" && !element.HasAttribute("open"))
                || (element.Attributes.Length > 0 && (IsHiddenByAttribute(element) || IsHiddenByStyle(element.GetAttribute("style")) || HasUnseenClass(element)));

    /// <summary>Whether an element is a formula, which MathJax sets from a script that is none.</summary>
    public static bool IsTexScript(IElement element) =>
        element.LocalName == "script" && element.GetAttribute("type") is { } type && type.StartsWith("math/tex", StringComparison.OrdinalIgnoreCase);

    private static bool IsHiddenByAttribute(IElement element) =>
        (element.GetAttribute("hidden") is { } hidden && !hidden.Equals("until-found", StringComparison.OrdinalIgnoreCase))
            || string.Equals(element.GetAttribute("aria-hidden"), "true", StringComparison.OrdinalIgnoreCase);

    private static bool IsHiddenByStyle(string? style)
    {
        if (style is null)
        {
            return false;
        }

        foreach (Range range in style.AsSpan().Split(';'))
        {
            ReadOnlySpan<char> declaration = style.AsSpan(range);
            int colon = declaration.IndexOf(':');
            if (colon > 0 && IsHiding(declaration[..colon].Trim(), declaration[(colon + 1)..].Trim()))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsHiding(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        int important = value.IndexOf('!');
        ReadOnlySpan<char> bare = important < 0 ? value : value[..important].TrimEnd();
        return (name.Equals("display", StringComparison.OrdinalIgnoreCase) && bare.Equals("none", StringComparison.OrdinalIgnoreCase))
            || (name.Equals("visibility", StringComparison.OrdinalIgnoreCase)
                && (bare.Equals("hidden", StringComparison.OrdinalIgnoreCase) || bare.Equals("collapse", StringComparison.OrdinalIgnoreCase)));
    }

    private static bool HasUnseenClass(IElement element)
    {
        if (element.GetAttribute("class") is not { } classes)
        {
            return false;
        }

        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup = UnseenClasses.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (Range range in classes.AsSpan().SplitAny(' ', '\t', '\n', '\r', '\f'))
        {
            if (lookup.Contains(classes.AsSpan(range)))
            {
                return true;
            }
        }

        return false;
    }
}
