using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace LocalRetrieval.Documents;

/// <summary>What an element's classes and id say of it.</summary>
/// <param name="IsNotice">It asks for consent to cookies or the like.</param>
/// <param name="IsFurniture">It leads elsewhere: breadcrumbs, pages before and after, marks of headings, links for editing.</param>
/// <param name="MayBeFurniture">It may be navigation, an advertisement or the like, if what it holds looks so.</param>
/// <param name="IsContentsTitle">It is the title of a table of contents.</param>
/// <param name="NamesSite">It holds the site's name.</param>
internal readonly partial record struct NoiseWords(bool IsNotice, bool IsFurniture, bool MayBeFurniture, bool IsContentsTitle, bool NamesSite)
{
    private const int LongestWords = 512;

    /// <summary>The words of an element. The id of a section is its heading's, so it says nothing.</summary>
    public static NoiseWords Of(IElement element)
    {
        string? classes = element.GetAttribute("class");
        string? id = element.LocalName is "section" or "p" or "span" || IsHeading(element) ? null : element.GetAttribute("id");
        if (classes is null && id is null)
        {
            return default;
        }

        string words = $" {Start(classes)} {Start(id)} ";
        return new NoiseWords(
            Notice().IsMatch(words),
            Furniture().IsMatch(words),
            MaybeFurniture().IsMatch(words),
            ContentsTitle().IsMatch(words),
            SiteName().IsMatch(words));
    }

    private static string? Start(string? words) => words?.Length > LongestWords ? words[..LongestWords] : words;

    private static bool IsHeading(IElement element) => HtmlNames.HeadingLevel(element) > 0;

    [GeneratedRegex(
        @"(?:cookies?|consent|gdpr|ccpa)[-_]?(?:law[-_]info[-_])?(?:banner|bar|notice|popup|modal|dialog|message|overlay|alert|wall|warning|disclaimer|consent|policy-banner)"
            + @"|cookieconsent|onetrust|cybotcookiebot|\scc-window\s|\sqc-cmp|truste_|usercentrics|didomi|\scookies?\s",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Notice();

    [GeneratedRegex(
        @"(?<![a-z])(?:breadcrumbs?|headerlink|anchorjs-link|hash-link|header-anchor|heading-anchor|heading-link|permalink|pilcrow"
            + @"|edit-?(?:this-?)?page(?:-?link)?|editlink|edit-link|mw-editsection|theme-edit-this-page|md-content__button|edit-on-github"
            + @"|skip-?(?:to-?)?(?:link|nav|navigation|content|main)s?|skiptranslate|pagination(?:-nav)?|pager|prev-?next|nav-?links?|post-?navigation"
            + @"|copy-?(?:button|btn)|copybtn|clipboard(?:-copy)?|back-?to-?top|go-?top|table-of-contents|tableofcontents|on-this-page|page-?toc|mw-jump-link|catlinks"
            + @"|navbox|navbar|sphinxsidebar|sphinxsidebarwrapper|share-?(?:buttons?|links?|bar|tools)|social-?(?:share|links?|buttons?|media|sharing)|sharedaddy|addthis[-_a-z]*"
            + @"|newsletter[-_](?:signup|form)|advert(?:isement)?s?|ad-(?:slot|unit|container|wrapper|banner)|adsbygoogle|dablink|printfooter|site-?(?:header|footer|nav|navigation|menu)"
            + @"|global-?(?:header|footer|nav)|page-?footer|mdbook-version|nav-wide-wrapper|nav-wrapper|nav-panel|sidetoc)(?![a-z])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Furniture();

    [GeneratedRegex(
        @"(?<![a-z])(?:nav|navigation|menu|submenu|toc|sidebar|side-?nav|footer|masthead|banner|breadcrumb|related|recommended|recommendations|promo|promotion|sponsor(?:ed|s)?|ads?"
            + @"|share|sharing|social|newsletter|subscribe|subscription|signup|modal|popup|popover|overlay|tooltip|toolbar|widgets?|login|comment-?form|respond|outbrain|taboola"
            + @"|skip|topbar|top-?bar|footnav|crumbs?|languages?-?(?:switcher|selector|links)|version-?(?:switcher|selector)|search(?:-?(?:box|form|bar))?|feedback|helpful|rating|byline-?share)(?![a-z])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MaybeFurniture();

    [GeneratedRegex(@"(?<![a-z])(?:site-?(?:title|name)|logo|brand)(?![a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SiteName();

    [GeneratedRegex(@"(?<![a-z])(?:toc-?title|toc-?heading|contents-?title)(?![a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ContentsTitle();
}
