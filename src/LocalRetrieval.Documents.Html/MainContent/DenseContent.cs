using AngleSharp.Dom;

namespace LocalRetrieval.Documents;

/// <summary>Finds where running text is densest in a page that does not name its main content.</summary>
/// <remarks>
/// A piece of text scores for what holds it, by its length, and half as much for what holds that; links take their share away.
/// The siblings of the best that score a fifth of it belong to it.
/// </remarks>
internal sealed class DenseContent
{
    private const int ShortestPiece = 25;
    private const double SiblingShare = 0.2;

    private readonly Dictionary<IElement, double> _scores = [];
    private readonly TextSizes _sizes;
    private readonly CancellationToken _cancellationToken;

    private DenseContent(TextSizes sizes, CancellationToken cancellationToken)
    {
        _sizes = sizes;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The elements that hold the densest text; empty where there is no running text.</summary>
    public static IReadOnlyList<IElement> Find(IElement body, TextSizes sizes, CancellationToken cancellationToken)
    {
        DenseContent content = new(sizes, cancellationToken);
        content.Visit(body);
        IElement? best = content._scores.Keys.MaxBy(content.Score);
        return best?.ParentElement is not { } parent || best == body
            ? []
            : [.. parent.Children.Where(sibling => sibling == best || content.BelongsTo(best, sibling))];
    }

    private bool BelongsTo(IElement best, IElement sibling) =>
        Score(sibling) >= SiblingShare * Score(best)
            || HtmlNames.HeadingLevel(sibling) > 0
            || (sibling.LocalName is "p" or "pre" or "ul" or "ol" or "table" or "dl" or "blockquote" && _sizes.Text(sibling) > 80 && _sizes.LinkShare(sibling) < 0.25);

    private double Score(IElement element) => _scores.GetValueOrDefault(element) * (1 - _sizes.LinkShare(element));

    private void Visit(IElement element)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        foreach (INode child in element.ChildNodes)
        {
            if (child is IElement inner && _sizes.Text(inner) > 0)
            {
                Visit(inner);
            }
        }

        if (element.LocalName is "p" or "pre" or "td" or "blockquote" or "dd" or "li" && _sizes.Text(element) >= ShortestPiece)
        {
            AddScore(element);
        }
    }

    private void AddScore(IElement piece)
    {
        double score = 1 + Math.Min(_sizes.Text(piece) / 100.0, 3);
        double share = 1;
        IElement? holder = piece.ParentElement;
        for (int level = 0; level < 4 && holder is not null; level++)
        {
            _scores[holder] = _scores.GetValueOrDefault(holder) + (score * share);
            share = level == 0 ? 0.5 : share * 0.6;
            holder = holder.ParentElement;
        }
    }
}
