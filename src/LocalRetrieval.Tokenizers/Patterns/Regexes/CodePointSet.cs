namespace LocalRetrieval.Tokenizers.Patterns.Regexes;

/// <summary>A set of code points. Immutable.</summary>
internal sealed class CodePointSet : IEquatable<CodePointSet>
{
    /// <summary>One past the last code point.</summary>
    public const int Limit = 0x110000;

    /// <summary>Where membership changes, ascending: the first of a range, one past its last, the first of the next.</summary>
    private readonly int[] _changes;

    private CodePointSet(int[] changes) => _changes = changes;

    public static CodePointSet Empty { get; } = new([]);

    public static CodePointSet All { get; } = new([0, Limit]);

    /// <summary>The first of each range and one past its last, in turn, ascending.</summary>
    public ReadOnlySpan<int> Changes => _changes;

    public static CodePointSet Of(int codePoint) => Range(codePoint, codePoint);

    public static CodePointSet Range(int first, int last) => new([first, last + 1]);

    /// <summary>The ranges first, last, first, last and so on, ascending.</summary>
    public static CodePointSet Ranges(ReadOnlySpan<int> ranges)
    {
        List<int> changes = new(ranges.Length);
        for (int i = 0; i < ranges.Length; i += 2)
        {
            if (changes.Count > 0 && changes[^1] == ranges[i])
            {
                changes[^1] = ranges[i + 1] + 1;
                continue;
            }

            changes.Add(ranges[i]);
            changes.Add(ranges[i + 1] + 1);
        }

        return new CodePointSet([.. changes]);
    }

    /// <summary>All of these code points, in any order.</summary>
    public static CodePointSet Of(IEnumerable<int> codePoints)
    {
        int[] sorted = [.. codePoints.Distinct().Order()];
        return Ranges(sorted.SelectMany(codePoint => new[] { codePoint, codePoint }).ToArray());
    }

    public bool Contains(int codePoint)
    {
        int index = Array.BinarySearch(_changes, codePoint);
        return ((index >= 0 ? index : ~index - 1) & 1) == 0;
    }

    public bool Equals(CodePointSet? other) => other is not null && _changes.AsSpan().SequenceEqual(other._changes);

    public override bool Equals(object? obj) => Equals(obj as CodePointSet);

    public override int GetHashCode() => HashCode.Combine(_changes.Length, _changes.FirstOrDefault(), _changes.LastOrDefault());

    public CodePointSet Complement()
    {
        ReadOnlySpan<int> inner = _changes;
        inner = inner is [0, ..] ? inner[1..] : inner;
        inner = inner is [.., Limit] ? inner[..^1] : inner;
        int[] changes = [0, .. inner, Limit];
        return new CodePointSet(changes[(_changes is [0, ..] ? 1 : 0)..(_changes is [.., Limit] ? ^1 : ^0)]);
    }

    public CodePointSet Union(CodePointSet other) => Combine(other, (mine, theirs) => mine || theirs);

    public CodePointSet Intersect(CodePointSet other) => Combine(other, (mine, theirs) => mine && theirs);

    private CodePointSet Combine(CodePointSet other, Func<bool, bool, bool> holds)
    {
        List<int> changes = [];
        int mine = 0;
        int theirs = 0;
        while (mine < _changes.Length || theirs < other._changes.Length)
        {
            int at = Math.Min(Next(_changes, mine), Next(other._changes, theirs));
            mine += Next(_changes, mine) == at ? 1 : 0;
            theirs += Next(other._changes, theirs) == at ? 1 : 0;
            if (holds((mine & 1) == 1, (theirs & 1) == 1) != ((changes.Count & 1) == 1))
            {
                changes.Add(at);
            }
        }

        return new CodePointSet([.. changes]);
    }

    private static int Next(int[] changes, int index) => index < changes.Length ? changes[index] : int.MaxValue;
}
