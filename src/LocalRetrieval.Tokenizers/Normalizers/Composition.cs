using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>Composes decomposed characters again and hands them on with the changes that the reference gives them.</summary>
/// <param name="text">The text under normalization.</param>
internal ref struct Composition(NormalizedText text)
{
    private readonly List<(int CodePoint, int Change)> _blocked = [];
    private Transformation _transformation = new(text);
    private (int CodePoint, int Change)? _starter;
    private int _lastClass;

    /// <summary>Takes the next character of a text in canonical order.</summary>
    public void Append(int codePoint, int change)
    {
        int combiningClass = UnicodeCharacters.CombiningClass(codePoint);
        if (_starter is not { } starter)
        {
            if (combiningClass == 0)
            {
                _starter = (codePoint, change);
            }
            else
            {
                _transformation.Append(codePoint, change);
            }

            return;
        }

        bool isBlocked = _blocked.Count > 0 && _lastClass >= combiningClass;
        if (!isBlocked && Decompositions.Compose(starter.CodePoint, codePoint) is { } composite)
        {
            _starter = (composite, starter.Change + change - 1);
        }
        else if (combiningClass == 0)
        {
            Finish();
            _starter = (codePoint, change);
        }
        else
        {
            _blocked.Add((codePoint, change));
            _lastClass = combiningClass;
        }
    }

    /// <summary>Hands on what is held back.</summary>
    public void Finish()
    {
        if (_starter is { } starter)
        {
            _transformation.Append(starter.CodePoint, starter.Change);
        }

        foreach ((int codePoint, int change) in _blocked)
        {
            _transformation.Append(codePoint, change);
        }

        _starter = null;
        _blocked.Clear();
    }
}
