using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>The characters between two of combining class 0, which canonical ordering may exchange.</summary>
internal struct CombiningRun
{
    private List<CombiningMark>? _marks;

    public int Count { get; private set; }

    /// <summary>Whether some character of the run is not a nonspacing mark.</summary>
    public bool AnySurvives { get; private set; }

    public void Add(CombiningMark mark)
    {
        Count++;
        (_marks ??= []).Add(mark);
        AnySurvives |= (UnicodeCharacters.Kinds(mark.CodePoint) & CharacterKinds.NonspacingMark) == 0;
    }

    public void Clear()
    {
        Count = 0;
        AnySurvives = false;
        _marks?.Clear();
    }

    /// <summary>
    /// The characters in canonical order, each with its source. As in the reference, sources stay in the text's order: the
    /// first character of a decomposition takes the next one, and an added one shares that of the character before it.
    /// </summary>
    public readonly IEnumerable<(int CodePoint, int Source)> InCanonicalOrder(int lastStarter)
    {
        List<CombiningMark> marks = _marks ?? [];
        Queue<int> sources = new(marks.Where(mark => !mark.IsAdded).Select(mark => mark.Source));
        int source = lastStarter;
        foreach (CombiningMark mark in marks.OrderBy(mark => mark.CombiningClass))
        {
            source = mark.IsAdded ? source : sources.Dequeue();
            yield return (mark.CodePoint, source);
        }
    }
}
