using System.Runtime.InteropServices;
using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>The characters between two of combining class 0, which canonical ordering may exchange.</summary>
/// <remarks>One call's work space: not thread-safe, reused from call to call.</remarks>
internal sealed class CombiningRun
{
    /// <summary>The longest run whose buffers are kept.</summary>
    private const int LongestKept = 1 << 16;

    [ThreadStatic]
    private static CombiningRun? s_ofThread;

    private readonly List<CombiningMark> _marks = [];
    private readonly List<(int CodePoint, int Source)> _ordered = [];

    private CombiningRun()
    {
    }

    /// <summary>The thread's run, empty.</summary>
    public static CombiningRun OfThread
    {
        get
        {
            CombiningRun? run = s_ofThread;
            if (run is null || run._marks.Capacity > LongestKept)
            {
                run = s_ofThread = new CombiningRun();
            }

            run.Clear();
            return run;
        }
    }

    public int Count => _marks.Count;

    /// <summary>Whether some character of the run is not a nonspacing mark.</summary>
    public bool AnySurvives { get; private set; }

    /// <param name="codePoint">The character.</param>
    /// <param name="combiningClass">Its canonical combining class.</param>
    /// <param name="source">Where the character that it came from begins.</param>
    /// <param name="isAdded">Whether it is the second or a later part of a decomposition.</param>
    public void Add(int codePoint, int combiningClass, int source, bool isAdded)
    {
        _marks.Add(new CombiningMark(codePoint, ((long)combiningClass << 32) | (uint)_marks.Count, source, isAdded));
        AnySurvives |= (UnicodeCharacters.Kinds(codePoint) & CharacterKinds.NonspacingMark) == 0;
    }

    public void Clear()
    {
        AnySurvives = false;
        _marks.Clear();
    }

    /// <summary>
    /// The characters in canonical order, each with its source. As in the reference, sources stay in the text's order: the
    /// first character of a decomposition takes the next one, and an added one shares that of the character before it.
    /// </summary>
    /// <returns>Valid until the run is changed.</returns>
    public ReadOnlySpan<(int CodePoint, int Source)> InCanonicalOrder(int lastStarter)
    {
        _ordered.Clear();
        foreach (CombiningMark mark in _marks)
        {
            if (!mark.IsAdded)
            {
                _ordered.Add((0, mark.Source));
            }
        }

        Span<CombiningMark> marks = CollectionsMarshal.AsSpan(_marks);
        marks.Sort(static (left, right) => left.SortKey.CompareTo(right.SortKey));
        int sources = _ordered.Count;
        int next = 0;
        int source = lastStarter;
        foreach (CombiningMark mark in marks)
        {
            source = mark.IsAdded ? source : _ordered[next++].Source;
            _ordered.Add((mark.CodePoint, source));
        }

        return CollectionsMarshal.AsSpan(_ordered)[sources..];
    }
}
