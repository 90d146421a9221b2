using System.Runtime.InteropServices;
using LocalRetrieval.Tokenizers.Normalizers;

namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>
/// A normalized text and the pieces it is cut into. A pre-tokenizer reads <see cref="Pieces"/>, adds those that replace them, and
/// ends with <see cref="Commit"/>. One that also changes the text appends what replaces it to what <see cref="StartRewrite"/> gives, and
/// ends with <see cref="CommitRewrite"/>.
/// </summary>
/// <remarks>One call's work space: not thread-safe, reused from call to call.</remarks>
internal sealed class PreTokenizedText(NormalizedText text)
{
    private List<TextPiece> _pieces = [];
    private List<TextPiece> _next = [];
    private readonly NormalizedText _normalized = text;
    private NormalizedText? _rewritten;

    /// <summary>The text that the pieces are ranges of.</summary>
    public NormalizedText Text { get; private set; } = text;

    /// <summary>The pieces as they are now: ascending, none empty.</summary>
    public ReadOnlySpan<TextPiece> Pieces => CollectionsMarshal.AsSpan(_pieces);

    /// <summary>Starts over with one piece.</summary>
    public void Reset(TextPiece piece)
    {
        Text = _normalized;
        _next.Clear();
        _pieces.Clear();
        if (piece.Start < piece.End)
        {
            _pieces.Add(piece);
        }
    }

    /// <summary>Adds a piece to those that replace the current ones; an empty one is left out.</summary>
    public void Add(int start, int end)
    {
        if (start < end)
        {
            _next.Add(new TextPiece(start, end));
        }
    }

    /// <summary>What was added becomes the pieces.</summary>
    public void Commit()
    {
        (_pieces, _next) = (_next, _pieces);
        _next.Clear();
    }

    /// <summary>The text to append to, which is not the normalized one: other pieces of that are yet to come.</summary>
    public NormalizedText StartRewrite()
    {
        if (Text != _normalized)
        {
            return Text;
        }

        _rewritten ??= new NormalizedText();
        _rewritten.Reset([], 0, _normalized.TracksOrigins);
        return _rewritten;
    }

    /// <summary>What was appended becomes the text, and what was added, which are ranges of it, the pieces.</summary>
    public void CommitRewrite(NormalizedText rewritten)
    {
        rewritten.Commit();
        Text = rewritten;
        Commit();
    }
}
