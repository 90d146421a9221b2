namespace LocalRetrieval.Documents.Layout;

/// <summary>A font as far as structure is told by it.</summary>
internal sealed class GlyphFont(string name, bool isBold)
{
    private static readonly string[] FixedNames =
        ["mono", "courier", "consol", "typewriter", "cmtt", "menlo", "inconsolata", "lettergothic", "sourcecode", "firacode", "terminal", "ectt", "txtt", "lmtt", "pcrr"];

    private readonly bool _isNamedFixed = FixedNames.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));
    private double _narrow;
    private double _wide;

    /// <summary>Whether its strokes are heavy.</summary>
    public bool IsBold { get; } = isBold;

    /// <summary>Whether all its signs are equally wide: by its name, or as far as they were seen.</summary>
    public bool IsFixedPitch => _isNamedFixed || (_narrow > 0 && _wide > 0 && Math.Abs(_narrow - _wide) < 0.01 * _wide);

    /// <summary>Looks at the width of a sign that is narrow or wide in any font that is not of fixed pitch.</summary>
    public void Observe(char sign, double widthInSizes)
    {
        if (sign is 'i' or 'l' or '.' or ',' or 'j')
        {
            _narrow = widthInSizes;
        }
        else if (sign is 'm' or 'w' or 'M' or 'W' or 'o')
        {
            _wide = widthInSizes;
        }
    }
}
