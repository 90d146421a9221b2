using AngleSharp.Dom;

namespace LocalRetrieval.Documents;

/// <summary>What of a page is no content: what is hidden, navigation, banners, notices, controls.</summary>
internal sealed class PageNoise
{
    /// <summary>The share of a page's text above which nothing is taken for noise by its look, unless it is links.</summary>
    private const double LargestNoise = 1.0 / 3;

    /// <summary>So little text, and so small a share of the page's, is what is left of a page that is navigation as a whole.</summary>
    private const int LeastText = 100;
    private const double LeastShare = 0.05;

    private readonly HashSet<IElement> _noise = [];
    private readonly CancellationToken _cancellationToken;
    private readonly TextSizes _visible;
    private readonly long _pageText;

    private PageNoise(IElement body, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        _visible = TextSizes.Measure(body, Visibility.IsHidden, cancellationToken);
        _pageText = _visible.Text(body);
    }

    /// <summary>Finds the noise of a page.</summary>
    public static PageNoise Find(IElement body, CancellationToken cancellationToken)
    {
        PageNoise noise = new(body, cancellationToken);
        noise.Visit(body, isContent: false);
        if (TextSizes.Measure(body, noise.Contains, cancellationToken).Text(body) <= Math.Min(LeastText, LeastShare * noise._pageText))
        {
            noise._noise.RemoveWhere(element => !Visibility.IsHidden(element));
        }

        return noise;
    }

    public bool Contains(IElement element) => _noise.Contains(element);

    private void Visit(IElement parent, bool isContent)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        foreach (INode child in parent.ChildNodes)
        {
            if (child is not IElement element)
            {
                continue;
            }

            if (Visibility.IsHidden(element) || IsNoise(element, isContent))
            {
                _noise.Add(element);
            }
            else if (element.LocalName is not ("pre" or "math"))
            {
                Visit(element, isContent || element.LocalName is "main" or "article" || HtmlNames.HasRole(element, "main"));
            }
        }
    }

    private bool IsNoise(IElement element, bool isContent)
    {
        string name = element.LocalName;
        return IsAlwaysContent(name) ? HtmlNames.HeadingLevel(element) > 0 && NoiseWords.Of(element).IsContentsTitle
            : name == "a" ? LinkNoise.Is(element)
            : name == "nav" || IsNoiseByRole(element, isContent) ? !IsMostOfPage(element)
            : name == "header" ? !isContent && !_visible.HoldsTitle(element) && IsSmallOrLinks(element, 300)
            : name == "footer" ? element.ParentElement?.LocalName is not ("blockquote" or "figure") && (!isContent || IsSmallOrLinks(element, 600)) && !IsMostOfPage(element)
            : name == "aside" ? (!isContent || IsSmallOrLinks(element, 0)) && !IsMostOfPage(element)
            : IsNoiseByWords(element);
    }

    private static bool IsAlwaysContent(string name) =>
        name is "main" or "article" or "table" or "tbody" or "tr" or "td" or "th" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "pre" or "code";

    private bool IsNoiseByRole(IElement element, bool isContent) =>
        element.GetAttribute("role")?.Trim().ToLowerInvariant() switch
        {
            "navigation" or "search" or "menu" or "menubar" or "toolbar" or "dialog" or "alertdialog" or "doc-toc" or "doc-pagelist" or "contentinfo" => true,
            "banner" => !isContent && !_visible.HoldsTitle(element),
            "complementary" => !isContent,
            _ => false,
        };

    private bool IsNoiseByWords(IElement element)
    {
        NoiseWords words = NoiseWords.Of(element);
        return words.IsNotice || words.IsFurniture ? !IsMostOfPage(element) && !_visible.HoldsTitle(element)
            : words.MayBeFurniture && IsSmallOrLinks(element, 250) && !IsMostOfPage(element) && !_visible.HoldsTitle(element);
    }

    private bool IsSmallOrLinks(IElement element, int small) => _visible.Text(element) < small || _visible.LinkShare(element) >= 0.5;

    private bool IsMostOfPage(IElement element) => _pageText > 600 && _visible.Text(element) > _pageText * LargestNoise && _visible.LinkShare(element) < 0.5;
}
