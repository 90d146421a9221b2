using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>
/// Orders and composes decomposed characters, each of which comes with its change as <see cref="Transformation"/> has it. As in the
/// reference, a composed character has the sum of the changes of its parts.
/// </summary>
internal ref struct CanonicalComposer(Transformation target)
{
    private Transformation _target = target;

    /// <summary>Characters of a combining class other than 0 that are not in order yet.</summary>
    private readonly List<(int CodePoint, int Class, int Change)> _unordered = [];

    /// <summary>Characters after <see cref="_starter"/> that do not compose with it.</summary>
    private readonly List<(int CodePoint, int Change)> _following = [];
    private (int CodePoint, int Change)? _starter;
    private int _lastClass;

    public void Add(int codePoint, int change)
    {
        int combiningClass = UnicodeCharacters.CombiningClass(codePoint);
        if (combiningClass == 0)
        {
            ComposeUnordered();
            Compose(codePoint, 0, change);
            return;
        }

        // An insertion that keeps the order of equal classes.
        int index = _unordered.Count;
        while (index > 0 && _unordered[index - 1].Class > combiningClass)
        {
            index--;
        }

        _unordered.Insert(index, (codePoint, combiningClass, change));
    }

    public void Finish()
    {
        ComposeUnordered();
        AppendStarter();
    }

    private void ComposeUnordered()
    {
        foreach ((int codePoint, int combiningClass, int change) in _unordered)
        {
            Compose(codePoint, combiningClass, change);
        }

        _unordered.Clear();
    }

    private void Compose(int codePoint, int combiningClass, int change)
    {
        bool isBlocked = _lastClass != 0 && _lastClass >= combiningClass;
        if (_starter is { } starter && !isBlocked && CanonicalCompositions.Compose(starter.CodePoint, codePoint) is >= 0 and int composed)
        {
            _starter = (composed, starter.Change + change - 1);
        }
        else if (combiningClass == 0)
        {
            AppendStarter();
            _starter = (codePoint, change);
        }
        else if (_starter is null)
        {
            _target.Append(codePoint, change);
        }
        else
        {
            _following.Add((codePoint, change));
            _lastClass = combiningClass;
        }
    }

    private void AppendStarter()
    {
        if (_starter is { } starter)
        {
            _target.Append(starter.CodePoint, starter.Change);
        }

        foreach ((int codePoint, int change) in _following)
        {
            _target.Append(codePoint, change);
        }

        _following.Clear();
        _lastClass = 0;
        _starter = null;
    }
}
