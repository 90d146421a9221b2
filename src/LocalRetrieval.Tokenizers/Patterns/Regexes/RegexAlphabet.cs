using System.Diagnostics;

namespace LocalRetrieval.Tokenizers.Patterns.Regexes;

/// <summary>
/// One letter for all characters that a regular expression does not tell apart. A text written in it has one UTF-16 unit for each
/// character, whatever plane it is from, and .NET's own categories and cases say nothing about it.
/// </summary>
internal sealed class RegexAlphabet
{
    private readonly char[] _units = new char[0x10000];
    private readonly int[] _starts;
    private readonly char[] _letters;

    private readonly Dictionary<CodePointSet, char[]> _sets = [];

    /// <param name="sets">The sets of characters in the expression.</param>
    public RegexAlphabet(IEnumerable<CodePointSet> sets)
    {
        CodePointSet[] distinct = [.. sets.Distinct()];
        IEnumerable<int> changes = distinct.SelectMany(set => set.Changes.ToArray()).Append(0);
        _starts = [.. changes.Where(change => change < CodePointSet.Limit).Distinct().Order()];
        int[] letters = new int[_starts.Length];
        Count = 1;
        foreach (CodePointSet set in distinct)
        {
            Count = Split(letters, set);
        }

        Debug.Assert(Count <= RegexParser.MostCharacters);
        _letters = [.. letters.Select(letter => (char)letter)];
        foreach (CodePointSet set in distinct)
        {
            _sets[set] = LettersOf(set);
        }

        for (int range = 0; range < _starts.Length && _starts[range] < _units.Length; range++)
        {
            int end = range + 1 < _starts.Length ? Math.Min(_starts[range + 1], _units.Length) : _units.Length;
            _units.AsSpan(_starts[range]..end).Fill(_letters[range]);
        }
    }

    /// <summary>The number of letters, which are the characters from U+0000 on.</summary>
    public int Count { get; }

    /// <summary>The letters of a set that the alphabet was made for, ascending.</summary>
    public char[] Letters(CodePointSet set) => _sets[set];

    /// <summary>Writes a text in letters.</summary>
    /// <param name="text">Well-formed UTF-16.</param>
    /// <param name="letters">Where they go, as long as the text.</param>
    /// <returns>Their number.</returns>
    public int Translate(ReadOnlySpan<char> text, Span<char> letters)
    {
        char[] units = _units;
        int count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char unit = text[i];
            letters[count++] = char.IsHighSurrogate(unit) ? Letter(char.ConvertToUtf32(unit, text[++i])) : units[unit];
        }

        return count;
    }

    private char Letter(int codePoint)
    {
        int range = Array.BinarySearch(_starts, codePoint);
        return _letters[range >= 0 ? range : ~range - 1];
    }

    /// <summary>Tells the ranges of a set from the others of the same letter.</summary>
    private int Split(int[] letters, CodePointSet set)
    {
        Dictionary<int, int> split = [];
        ReadOnlySpan<int> changes = set.Changes;
        int passed = 0;
        for (int range = 0; range < letters.Length; range++)
        {
            passed += passed < changes.Length && changes[passed] == _starts[range] ? 1 : 0;
            int key = (letters[range] * 2) + (passed & 1);
            if (!split.TryGetValue(key, out int letter))
            {
                split[key] = letter = split.Count;
            }

            letters[range] = letter;
        }

        return split.Count;
    }

    private char[] LettersOf(CodePointSet set)
    {
        bool[] isIn = new bool[Count];
        ReadOnlySpan<int> changes = set.Changes;
        int passed = 0;
        for (int range = 0; range < _starts.Length; range++)
        {
            passed += passed < changes.Length && changes[passed] == _starts[range] ? 1 : 0;
            isIn[_letters[range]] |= (passed & 1) == 1;
        }

        return [.. Enumerable.Range(0, Count).Where(letter => isIn[letter]).Select(letter => (char)letter)];
    }
}
