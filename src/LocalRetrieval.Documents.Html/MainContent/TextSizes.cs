using AngleSharp.Dom;

namespace LocalRetrieval.Documents;

/// <summary>How much text each element holds, and how much of it in links, in UTF-16 units without white space, and whether it holds a heading of the first level.</summary>
internal sealed class TextSizes
{
    private const int SliceLength = 1 << 16;

    private readonly Dictionary<IElement, Size> _sizes = [];
    private readonly Func<IElement, bool> _isLeftOut;
    private readonly CancellationToken _cancellationToken;

    private TextSizes(Func<IElement, bool> isLeftOut, CancellationToken cancellationToken)
    {
        _isLeftOut = isLeftOut;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Measures an element and all in it but what <paramref name="isLeftOut"/> says.</summary>
    public static TextSizes Measure(IElement root, Func<IElement, bool> isLeftOut, CancellationToken cancellationToken)
    {
        TextSizes sizes = new(isLeftOut, cancellationToken);
        sizes.Measure(root, isLink: false);
        return sizes;
    }

    /// <summary>The text of an element; 0 for what was left out.</summary>
    public long Text(IElement element) => _sizes.GetValueOrDefault(element).Text;

    /// <summary>The share of an element's text that is links, from 0 to 1.</summary>
    public double LinkShare(IElement element)
    {
        Size size = _sizes.GetValueOrDefault(element);
        return size.Text == 0 ? 0 : (double)size.Link / size.Text;
    }

    /// <summary>Whether an element is a heading of the first level, or holds one.</summary>
    public bool HoldsTitle(IElement element) => _sizes.GetValueOrDefault(element).HoldsTitle;

    private Size Measure(IElement element, bool isLink)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (_isLeftOut(element))
        {
            return default;
        }

        isLink |= element.LocalName == "a" && element.HasAttribute("href");
        Size size = new(0, 0, element.LocalName == "h1");
        foreach (INode child in element.ChildNodes)
        {
            size += child switch
            {
                IElement inner => Measure(inner, isLink),
                IText characters => Count(characters.Data, isLink),
                _ => default,
            };
        }

        return _sizes[element] = size;
    }

    private Size Count(string text, bool isLink)
    {
        long count = 0;
        for (int start = 0; start < text.Length; start += SliceLength)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            foreach (char character in text.AsSpan(start, Math.Min(SliceLength, text.Length - start)))
            {
                count += char.IsWhiteSpace(character) ? 0 : 1;
            }
        }

        return new Size(count, isLink ? count : 0, HoldsTitle: false);
    }

    private readonly record struct Size(long Text, long Link, bool HoldsTitle)
    {
        public static Size operator +(Size left, Size right) => new(left.Text + right.Text, left.Link + right.Link, left.HoldsTitle || right.HoldsTitle);
    }
}
