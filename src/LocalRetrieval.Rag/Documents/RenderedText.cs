using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>Makes a text of another one by copying, leaving out and putting in, and keeps where each piece comes from.</summary>
internal sealed class RenderedText(string source)
{
    private readonly StringBuilder _text = new();
    private readonly List<TextSegment> _segments = [];

    /// <summary>How long the text is so far.</summary>
    public int Length => _text.Length;

    /// <summary>Whether the text so far ends a line, or is empty.</summary>
    public bool EndsLine => _text.Length == 0 || _text[^1] is '\n' or '\r';

    /// <summary>Where the text so far comes from.</summary>
    public TextMap Map => new(_segments);

    /// <summary>Appends a range of the source.</summary>
    public void Copy(TextRange range)
    {
        if (range.IsEmpty)
        {
            return;
        }

        if (_segments.Count == 0 || !_segments[^1].IsCopied || _segments[^1].Source.End != range.Start)
        {
            _segments.Add(new TextSegment(_text.Length, range, IsCopied: true));
        }
        else
        {
            _segments[^1] = _segments[^1] with { Source = new TextRange(_segments[^1].Source.Start, range.End) };
        }

        _text.Append(source, range.Start, range.Length);
    }

    /// <summary>Appends a text that stands for a range of the source.</summary>
    public void Insert(ReadOnlySpan<char> text, TextRange origin)
    {
        if (!text.IsEmpty)
        {
            _segments.Add(new TextSegment(_text.Length, origin, IsCopied: false));
            _text.Append(text);
        }
    }

    /// <inheritdoc />
    public override string ToString() => _text.ToString();
}
