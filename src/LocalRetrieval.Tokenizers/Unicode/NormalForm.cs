namespace LocalRetrieval.Tokenizers.Unicode;

/// <summary>A normal form of Unicode 9.0: which characters it may change.</summary>
internal sealed class NormalForm
{
    private const int HangulFirst = 0xAC00;
    private const int HangulLast = 0xD7A3;
    private static readonly Lazy<NormalForm>[] Forms = [.. Enumerable.Range(0, 4).Select(form => new Lazy<NormalForm>(() => new(form % 2 == 1, form > 1)))];

    private readonly CodePointTable<bool> _changes = new();

    private NormalForm(bool compatibility, bool composes)
    {
        IsCompatibility = compatibility;
        Composes = composes;
        FirstChanged = composes && !compatibility ? '\u0300' : compatibility ? '\u00A0' : '\u00C0';
        MarkChanges();
    }

    public bool IsCompatibility { get; }

    public bool Composes { get; }

    /// <summary>No character before this one is ever changed.</summary>
    public char FirstChanged { get; }

    /// <summary>NFC, NFD, NFKC or NFKD.</summary>
    public static NormalForm Get(bool compatibility, bool composes) => Forms[(compatibility ? 1 : 0) + (composes ? 2 : 0)].Value;

    /// <summary>
    /// Whether the form changes the character, or moves it, or composes it with what stands before it. Between two characters of which
    /// none is so, a text may be cut: the form of each part is part of the form of the whole.
    /// </summary>
    public bool Changes(int codePoint) => _changes[codePoint];

    private void MarkChanges()
    {
        ReadOnlySpan<int> classes = CodePointTables.CombiningClasses;
        for (int i = 0; i < classes.Length; i += 3)
        {
            for (int codePoint = classes[i]; codePoint <= classes[i + 1]; codePoint++)
            {
                _changes[codePoint] = true;
            }
        }

        ReadOnlySpan<int> canonical = CanonicalDecompositions.Mappings;
        for (int i = 0; i < canonical.Length; i += 3)
        {
            MarkDecomposed(canonical[i]);
            MarkSecond(canonical[i + 2]);
        }

        ReadOnlySpan<int> compatible = IsCompatibility ? CompatibilityDecompositions.Mappings : [];
        for (int i = 0; i < compatible.Length; i += 2 + compatible[i + 1])
        {
            _changes[compatible[i]] = true;
        }

        for (int codePoint = Composes ? 0x1161 : HangulFirst; codePoint <= (Composes ? 0x11C2 : HangulLast); codePoint++)
        {
            _changes[codePoint] |= !Composes || Compositions.IsSecond(codePoint);
        }
    }

    /// <summary>Marks a character that has a canonical decomposition, unless that is composed again.</summary>
    private void MarkDecomposed(int codePoint)
    {
        Span<int> parts = stackalloc int[Decompositions.MaxLength];
        int count = Decompositions.Decompose(codePoint, IsCompatibility, parts);
        int composed = parts[0];
        for (int i = 1; i < count && composed != 0; i++)
        {
            composed = Compositions.Compose(composed, parts[i]);
        }

        _changes[codePoint] |= !Composes || composed != codePoint || UnicodeCharacters.CombiningClass(parts[0]) != 0
            || Compositions.IsSecond(parts[0]);
    }

    private void MarkSecond(int codePoint)
    {
        if (Composes && codePoint != 0)
        {
            _changes[codePoint] |= Compositions.IsSecond(codePoint);
        }
    }
}
